// Volume counted for or against the price: on-balance volume, accumulation/distribution, money flow.
#include <array>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/prices.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/volume/volume.hpp"
#include "features/operators/path_above_average.hpp"
#include "features/operators/rolling_path_slope.hpp"
#include "features/operators/running_total.hpp"

namespace regimetry::features {
namespace {

// +volume after a rise of the close, -volume after a fall, 0 when it stands still.
Series signed_volume(SeriesGraph& graph) {
  return graph.map("sign(a) b", change(graph, graph.close()), graph.volume(),
                   [](double moved, double volume) { return sign_of(moved) * volume; });
}

// Volume times the close location value ((close - low) - (high - close)) / (high - low), which a bar that
// contradicts itself must not push beyond +-1.
Series accumulated_volume(SeriesGraph& graph) {
  return graph.map("close location a b c times d",
                   std::array{graph.close(), graph.low(), graph.high(), graph.volume()},
                   [](double close, double low, double high, double volume) {
                     const double location = ratio_or((close - low) - (high - close), high - low, 0);
                     return limited(location, -1, 1) * volume;
                   });
}

// The slope over the last `bars` points of the running total of `steps`, in mean volumes per bar.
Series slope_in_volumes(SeriesGraph& graph, Series steps, int bars) {
  return ratio(graph, graph.add<RollingPathSlope>({steps}, bars), mean_of_last(graph, graph.volume(), bars),
               0);
}

FeatureEntry on_balance_volume() {
  return {.name = "obv",
          .group = "volume",
          .meaning =
              "On-balance volume: volume added on rising closes and taken off on falling ones. Its level "
              "depends on where the history starts.",
          .formula =
              "Granville's: sum since the start of sign(close - close before) * volume; it would be 0 on "
              "the first bar, where TA-Lib starts from the first volume.",
          .unit = "volume",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return graph.add<RunningTotal>({signed_volume(graph)});
          }};
}

FeatureEntry on_balance_slope() {
  return {.name = "obv_slope",
          .group = "volume",
          .meaning =
              "Trend of on-balance volume over the last bars. Does not depend on where the history starts.",
          .formula =
              "least-squares slope of obv over the last n bars / mean volume of the last n bars; 0 when "
              "nothing traded",
          .unit = "mean volumes per bar",
          .range = "[-2, 2]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return slope_in_volumes(graph, signed_volume(graph), arguments.whole(0));
          }};
}

FeatureEntry accumulation_distribution() {
  return {.name = "accumulation_distribution",
          .group = "volume",
          .meaning =
              "Accumulation/distribution line: volume counted by where the bar closed in its range. Its "
              "level depends on where the history starts.",
          .formula =
              "Chaikin's: sum since the start of volume * ((close - low) - (high - close)) / (high - "
              "low), the factor limited to [-1, 1]; bars without a range add 0.",
          .unit = "volume",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return graph.add<RunningTotal>({accumulated_volume(graph)});
          }};
}

FeatureEntry accumulation_slope() {
  return {.name = "accumulation_slope",
          .group = "volume",
          .meaning =
              "Trend of the accumulation/distribution line over the last bars. Does not depend on where "
              "the history starts.",
          .formula =
              "least-squares slope of accumulation_distribution over the last n bars / mean volume of "
              "the last n bars; 0 when nothing traded",
          .unit = "mean volumes per bar",
          .range = "[-2, 2]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return slope_in_volumes(graph, accumulated_volume(graph), arguments.whole(0));
          }};
}

FeatureEntry chaikin_money_flow() {
  return {.name = "chaikin_money_flow",
          .group = "volume",
          .meaning = "Share of the volume that closed high in its bar less the share that closed low.",
          .formula =
              "Chaikin's: sum of volume * ((close - low) - (high - close)) / (high - low) / sum of volume "
              "over n bars, the factor limited to [-1, 1]; bars without a range count 0 above; 0 when "
              "nothing traded.",
          .unit = "-1 to 1",
          .range = "[-1, 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            return ratio(graph, total_of_last(graph, accumulated_volume(graph), bars),
                         total_of_last(graph, graph.volume(), bars), 0);
          }};
}

FeatureEntry chaikin_oscillator() {
  return {.name = "chaikin_oscillator",
          .group = "volume",
          .meaning = "How far a fast average of the accumulation/distribution line stands above a slow one.",
          .formula =
              "Chaikin's: ema(accumulation_distribution, fast) - ema(accumulation_distribution, slow), "
              "each seeded with the mean of its first values (TA-Lib starts both from the first value).",
          .unit = "volume",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {period(3, 1, "fast"), period(10, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series steps = accumulated_volume(graph);
            const auto above = [&](int bars) {
              return graph.add<PathAboveAverage>({steps}, bars, 2.0 / (bars + 1));
            };
            // (line - slow average) - (line - fast average): the line itself, which grows without end, drops
            // out.
            return difference(graph, above(arguments.whole(1)), above(arguments.whole(0)));
          }};
}

FeatureEntry money_flow_index() {
  return {.name = "mfi",
          .group = "volume",
          .meaning = "Money flow index: the share of money traded on rising bars.",
          .formula =
              "Quong and Soudack's: 100 * P / (P + N), P and N the sums over n bars of typical price * "
              "volume where the typical price (high + low + close) / 3 rose and fell; 50 when both are 0 "
              "(TA-Lib: 0).",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series typical = typical_price(graph);
            const Series flow = graph.map(
                "sign(a) b c", std::array{change(graph, typical), typical, graph.volume()},
                [](double moved, double price, double volume) { return sign_of(moved) * (price * volume); });
            const int bars = arguments.whole(0);
            return graph.map(
                "100 a / (a + b), 50 when both are 0", total_of_last(graph, gains_of(graph, flow), bars),
                total_of_last(graph, losses_of(graph, flow), bars),
                [](double inflow, double outflow) { return 100 * ratio_or(inflow, inflow + outflow, 0.5); });
          }};
}

}  // namespace

std::vector<FeatureEntry> money_flow_features() {
  return {on_balance_volume(),  on_balance_slope(),   accumulation_distribution(), accumulation_slope(),
          chaikin_money_flow(), chaikin_oscillator(), money_flow_index()};
}

}  // namespace regimetry::features
