// Trend: averages of the price, their distances and slopes.
#include "features/catalogue/catalogue.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/operators/exponential_average.hpp"
#include "features/operators/rolling_moments.hpp"

namespace regimetry::features {
namespace {

Series moving_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add_all<RollingMoments>({series}, bars)[0];
}

Series exponential_moving_average(SeriesGraph& graph, Series series, int bars) {
  return graph.add<ExponentialAverage>({series}, bars, 2.0 / (bars + 1));
}

FeatureEntry simple_average() {
  return {.name = "sma",
          .group = "trend",
          .meaning = "Simple moving average.",
          .formula = "mean of the last n values",
          .unit = "as its input",
          .range = "any",
          .scale = FeatureScale::kOfInput,
          .input = FeatureInput::kSeries,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return moving_average(graph, series_or_close(graph, arguments), arguments.whole(0));
          }};
}

FeatureEntry exponential_average_ratio() {
  return {.name = "ema_ratio",
          .group = "trend",
          .meaning = "How far a fast exponential average stands above a slow one.",
          .formula = "ema(fast) / ema(slow) - 1",
          .unit = "share of the slow average",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(12, 1, "fast"), period(26, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series series = series_or_close(graph, arguments);
            return graph.map("a / b - 1", exponential_moving_average(graph, series, arguments.whole(0)),
                             exponential_moving_average(graph, series, arguments.whole(1)),
                             [](double fast, double slow) { return fast / slow - 1; });
          }};
}

}  // namespace

std::vector<FeatureEntry> trend_features() {
  return {simple_average(), exponential_average_ratio()};
}

}  // namespace regimetry::features
