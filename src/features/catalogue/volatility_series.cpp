#include "features/catalogue/volatility_series.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "core/portable_kernels.hpp"
#include "features/catalogue/formula_parts.hpp"
#include "features/catalogue/return_series.hpp"
#include "features/operators/rolling_sum.hpp"

namespace regimetry::features {

Series square_of(SeriesGraph& graph, Series series) {
  return graph.map("x * x", series, [](double x) { return x * x; });
}

Series mean_of_last(SeriesGraph& graph, Series series, int bars) {
  const double per_bar = 1.0 / bars;
  return graph.map(fmt::format("x * (1 / {})", bars), graph.add<RollingSum>({series}, bars),
                   [per_bar](double sum) { return sum * per_bar; });
}

Series root_of(SeriesGraph& graph, Series series) {
  return graph.map("sqrt(max(x, 0))", series, [](double x) { return std::sqrt(positive_part(x)); });
}

Series log_of_volatility(SeriesGraph& graph, Series volatility) {
  return graph.map(fmt::format("log(max(x, {}))", kVolatilityFloor), volatility, [](double x) {
    return regimetry::detail::log_kernel(x < kVolatilityFloor ? kVolatilityFloor : x);
  });
}

Series realised_volatility(SeriesGraph& graph, Series series, int bars) {
  return root_of(graph, mean_of_last(graph, square_of(graph, log_return(graph, series, 1)), bars));
}

Series rogers_satchell_variance(SeriesGraph& graph) {
  return graph.map(
      "rogers satchell", std::array{graph.open(), graph.high(), graph.low(), graph.close()},
      [](double open, double high, double low, double close) {
        return positive_part(log_ratio_or_missing(high, close) * log_ratio_or_missing(high, open) +
                             log_ratio_or_missing(low, close) * log_ratio_or_missing(low, open));
      });
}

}  // namespace regimetry::features
