#include "features/catalogue/average_series.hpp"

#include <algorithm>
#include <cmath>

#include "features/operators/adaptive_average.hpp"
#include "features/operators/exponential_average.hpp"
#include "features/operators/lag.hpp"
#include "features/operators/linear_weighted_average.hpp"
#include "features/operators/rolling_moments.hpp"
#include "features/operators/rolling_sum.hpp"

namespace regimetry::features {

Series simple_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add_all<RollingMoments>({series}, bars)[0];
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
  const Series once = exponential_average(graph, series, bars);
  const Series twice = exponential_average(graph, once, bars);
  return graph.map("a + (a - b)", once, twice, [](double a, double b) { return a + (a - b); });
}

Series thrice_smoothed(SeriesGraph& graph, Series series, int bars) {
  for (int i = 0; i < 3; ++i) series = exponential_average(graph, series, bars);
  return series;
}

Series triple_exponential_average(SeriesGraph& graph, Series series, int bars) {
  const Series once = exponential_average(graph, series, bars);
  const Series twice = exponential_average(graph, once, bars);
  const Series thrice = thrice_smoothed(graph, series, bars);
  return graph.map("3 (a - b) + c", std::array{once, twice, thrice},
                   [](double a, double b, double c) { return 3 * (a - b) + c; });
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
