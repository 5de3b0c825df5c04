#include "features/catalogue/series/variances.hpp"

#include <array>
#include <cmath>

#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/rolling_covariance.hpp"
#include "features/operators/rolling_moments.hpp"

namespace regimetry::features {

Series variance_of_last(SeriesGraph& graph, Series series, int bars) {
  return graph.add_all<RollingMoments>({series}, bars)[1];
}

Series population_deviation(SeriesGraph& graph, Series series, int bars) {
  return root_of(graph, variance_of_last(graph, series, bars));
}

Series sample_deviation(SeriesGraph& graph, Series series, int bars) {
  const double correction = static_cast<double>(bars) / (bars - 1);
  return root_of(graph, scaled(graph, variance_of_last(graph, series, bars), correction));
}

Series standard_score_of(SeriesGraph& graph, Series series, int bars) {
  const auto [mean, variance] = graph.add_all<RollingMoments>({series}, bars);
  return graph.map("(a - b) / sqrt(c), 0 when c is 0", std::array{series, mean, variance},
                   [](double x, double middle, double spread) { return standard_score(x, middle, spread); });
}

Series correlation(SeriesGraph& graph, Series a, Series b, int bars) {
  return graph.map("a / sqrt(b c) within 1, 0 when b or c is 0",
                   graph.add_all<RollingCovariance>({a, b}, bars),
                   [](double covariance, double variance_a, double variance_b) {
                     // Root by root: the product of two tiny variances would be 0.
                     const double scale = std::sqrt(variance_a) * std::sqrt(variance_b);
                     return limited(ratio_or(covariance, scale, 0), -1, 1);
                   });
}

Series regression_beta(SeriesGraph& graph, Series a, Series b, int bars) {
  const auto moments = graph.add_all<RollingCovariance>({a, b}, bars);
  return ratio(graph, moments[0], moments[2], 0);
}

Series root_mean_square(SeriesGraph& graph, Series series, int bars) {
  return root_of(graph, mean_of_last(graph, square_of(graph, series), bars));
}

Series realised_volatility(SeriesGraph& graph, Series series, int bars) {
  return root_mean_square(graph, log_return(graph, series, 1), bars);
}

Series rogers_satchell_variance(SeriesGraph& graph) {
  return graph.map(
      "rogers satchell", std::array{graph.open(), graph.high(), graph.low(), graph.close()},
      [](double open, double high, double low, double close) {
        return positive_part(log_ratio_or_missing(high, close) * log_ratio_or_missing(high, open) +
                             log_ratio_or_missing(low, close) * log_ratio_or_missing(low, open));
      });
}

Series log_of_volatility(SeriesGraph& graph, Series volatility) {
  return graph.map(
      "log(max(a, floor))", volatility,
      [](double x, double floor) { return regimetry::detail::log_kernel(x < floor ? floor : x); },
      kVolatilityFloor);
}

}  // namespace regimetry::features
