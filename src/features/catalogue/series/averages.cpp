#include "features/catalogue/series/averages.hpp"

#include <cmath>

#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/adaptive_average.hpp"
#include "features/operators/exponential_average.hpp"
#include "features/operators/linear_weighted_average.hpp"
#include "features/operators/repeated_average.hpp"
#include "features/operators/rolling_mean.hpp"
#include "features/operators/rolling_sum.hpp"

namespace regimetry::features {

Series total_of_last(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingSum>({series}, bars);
}

Series mean_of_last(SeriesGraph& graph, Series series, int bars) {
  // Divided, not times 1 / bars, whose rounding can lift a mean of hundreds above a hundred.
  return divided_by(graph, total_of_last(graph, series, bars), bars);
}

Series mean_of_prices(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingMean>({series}, bars);
}

Series exponential_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add<ExponentialAverage>({series}, bars, 2.0 / (bars + 1));
}

Series wilder_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add<ExponentialAverage>({series}, bars, 1.0 / bars);
}

Series weighted_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add<LinearWeightedAverage>({series}, bars);
}

Series double_exponential_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add<DoubleExponentialAverage>({series}, bars);
}

Series triple_exponential_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add_all<TripleExponentialAverage>({series}, bars)[0];
}

Series thrice_smoothed(SeriesGraph& graph, Series series, int bars) {
  return graph.add_all<TripleExponentialAverage>({series}, bars)[1];
}

Series hull_average(SeriesGraph& graph, Series series, int bars) {
  const Series half = weighted_average(graph, series, bars / 2);
  const Series whole = weighted_average(graph, series, bars);
  const Series ahead = graph.map("a + (a - b)", half, whole, [](double a, double b) { return a + (a - b); });
  return weighted_average(graph, ahead, static_cast<int>(std::sqrt(bars)));
}

Series efficiency_ratio(SeriesGraph& graph, Series series, int bars) {
  const Series step = distance(graph, series, value_before(graph, series, 1));
  const Series whole = distance(graph, series, value_before(graph, series, bars));
  // Rounding may make the straight way longer than the path by a hair.
  return limited_to(graph, ratio(graph, whole, total_of_last(graph, step, bars), 0), 0, 1);
}

Series adaptive_average(SeriesGraph& graph, Series series, int bars, int fast_bars, int slow_bars) {
  return graph.add<AdaptiveAverage>(
      {series, value_before(graph, series, 1), efficiency_ratio(graph, series, bars)}, fast_bars, slow_bars);
}

}  // namespace regimetry::features
