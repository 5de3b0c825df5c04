#include "market/simulation/intrabar.hpp"

#include <algorithm>
#include <cmath>

namespace regimetry::market {
void IntrabarPath::draw(std::span<const double> returns, std::span<const double> sds,
                        std::span<const double> gap_shares, BarShapes& shapes) {
  const std::size_t n = returns.size();
  for (std::vector<double>* column :
       {&shapes.open, &shapes.high, &shapes.low, &position_, &step_variance_, &normals_, &upper_, &lower_}) {
    column->resize(n);
  }
  if (gap_shares.empty()) {
    std::fill(shapes.open.begin(), shapes.open.end(), 0.0);
    for (std::size_t i = 0; i < n; ++i) step_variance_[i] = sds[i] * sds[i] / kSteps;
  } else {
    gap_draws_.fill_normal(normals_);
    for (std::size_t i = 0; i < n; ++i) {
      const double share = gap_shares[i];
      shapes.open[i] = share * returns[i] + std::sqrt(share * (1 - share)) * sds[i] * normals_[i];
      step_variance_[i] = (1 - share) * sds[i] * sds[i] / kSteps;
    }
  }
  position_ = shapes.open;
  shapes.high = shapes.open;
  shapes.low = shapes.open;

  for (int step = 0; step < kSteps; ++step) {
    const int steps_left = kSteps - step;
    if (steps_left > 1) path_draws_.fill_normal(normals_);
    path_draws_.fill_exponential(upper_);
    path_draws_.fill_exponential(lower_);
    // The bridge's next point given the present one and the end: a straight line plus noise that vanishes at
    // the end.
    const double line = 1.0 / steps_left, noise = static_cast<double>(steps_left - 1) / steps_left;
    for (std::size_t i = 0; i < n; ++i) {
      const double from = position_[i], remaining = returns[i] - from, variance = step_variance_[i];
      const double to =
          steps_left > 1 ? from + line * remaining + std::sqrt(variance * noise) * normals_[i] : returns[i];
      // P(max > m) = exp(-2 (m - from)(m - to) / variance), solved for m with that
      // probability exp(-e), e a standard exponential; the minimum by symmetry.
      const double middle = 0.5 * (from + to), span_squared = (to - from) * (to - from);
      const double highest = middle + 0.5 * std::sqrt(span_squared + 2 * variance * upper_[i]);
      const double lowest = middle - 0.5 * std::sqrt(span_squared + 2 * variance * lower_[i]);
      shapes.high[i] = std::max(shapes.high[i], highest);
      shapes.low[i] = std::min(shapes.low[i], lowest);
      position_[i] = to;
    }
  }
}

}  // namespace regimetry::market
