#include "features/catalogue/average_series.hpp"

#include <algorithm>
#include <cmath>

#include "features/operators/adaptive_average.hpp"
#include "features/operators/exponential_average.hpp"
#include "features/operators/lag.hpp"
#include "features/operators/linear_weighted_average.hpp"
#include "features/operators/repeated_average.hpp"
#include "features/operators/rolling_mean.hpp"
#include "features/operators/rolling_sum.hpp"

namespace regimetry::features {

Series simple_average(SeriesGraph& graph, Series series, int bars) {
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
  return weighted_average(graph, ahead, static_cast<int>(std::lround(std::sqrt(bars))));
}

Series efficiency_ratio(SeriesGraph& graph, Series series, int bars) {
  const auto distance = [](double a, double b) { return std::abs(a - b); };
  const Series step = graph.map("|a - b|", series, graph.add<Lag>({series}, 1), distance);
  const Series whole = graph.map("|a - b|", series, graph.add<Lag>({series}, bars), distance);
  const Series path = graph.add<RollingSum>({step}, bars);
  return graph.map("min(a / b, 1)", whole, path,
                   [](double a, double b) { return b == 0 ? 0.0 : std::min(a / b, 1.0); });
}

Series adaptive_average(SeriesGraph& graph, Series series, int bars, int fast_bars, int slow_bars) {
  return graph.add<AdaptiveAverage>(
      {series, graph.add<Lag>({series}, 1), efficiency_ratio(graph, series, bars)}, fast_bars, slow_bars);
}

}  // namespace regimetry::features
