#include "regimes/mixture/degenerate_component.hpp"

#include <fmt/format.h>

namespace regimetry::regimes {

std::string describe_degenerate(const RowColumns& rows, const SpreadPrior& prior,
                                const GaussianComponents& components, std::span<const double> owned) {
  constexpr double kLeastVarianceShare = 1e-6;
  const double least_owned = static_cast<double>(components.width()) + 2;
  for (int k = 0; k < components.count(); ++k) {
    const double mine = owned[static_cast<std::size_t>(k)];
    if (mine < least_owned && components.count() > 1)
      return fmt::format("a regime owns only {:.1f} rows, too few to know {} columns by", mine,
                         components.width());
    for (std::int64_t column = 0; column < components.width(); ++column) {
      if (rows.is_constant(column)) continue;
      const auto place = static_cast<std::size_t>(column);
      // The prior's part of the variance taken away.
      const double own =
          components.variance(k, column) * (mine + prior.rows) - prior.rows * prior.variances[place];
      if (own < kLeastVarianceShare * mine * rows.variances()[place])
        return fmt::format("the rows of a regime hardly differ in column {}", column);
    }
  }
  return {};
}

}  // namespace regimetry::regimes
