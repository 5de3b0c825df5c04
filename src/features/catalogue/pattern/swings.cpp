// Turning points, reported from the bar on that confirms them.
#include <array>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/pattern/pattern.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/last_swing.hpp"

namespace regimetry::features {
namespace {

FeatureParameter side_bars() {
  return period(5, 1, "side", "bars on either side that a turning point must stand out from");
}

// {price of the last confirmed swing, +1, -1 or 0 for above, below or as high as the one before it}.
std::array<Series, 2> swing_highs(SeriesGraph& graph, int side) {
  const Series beside = highest_high(graph, side);
  return graph.add_all<LastSwingHigh>(
      {value_before(graph, graph.high(), side), value_before(graph, beside, side + 1), beside});
}

std::array<Series, 2> swing_lows(SeriesGraph& graph, int side) {
  const Series beside = lowest_low(graph, side);
  return graph.add_all<LastSwingLow>(
      {value_before(graph, graph.low(), side), value_before(graph, beside, side + 1), beside});
}

FeatureEntry swing_high_distance() {
  return {.name = "swing_high_distance",
          .group = "pattern",
          .meaning = "How far the price stands below its last confirmed swing high.",
          .formula =
              "log(swing high / close); a swing high is a high above the k highs before and the k highs "
              "after it, known k bars later. Missing until there is one.",
          .unit = "log return",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {side_bars()},
          .has_fixed_warmup = false,
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_ratio(graph, swing_highs(graph, arguments.whole(0))[0], graph.close());
          }};
}

FeatureEntry swing_low_distance() {
  return {.name = "swing_low_distance",
          .group = "pattern",
          .meaning = "How far the price stands above its last confirmed swing low.",
          .formula =
              "log(close / swing low); a swing low is a low below the k lows before and the k lows after "
              "it, known k bars later. Missing until there is one.",
          .unit = "log return",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {side_bars()},
          .has_fixed_warmup = false,
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_ratio(graph, graph.close(), swing_lows(graph, arguments.whole(0))[0]);
          }};
}

FeatureEntry swing_structure() {
  return {.name = "swing_structure",
          .group = "pattern",
          .meaning = "Whether the last swings rise (higher highs and higher lows) or fall.",
          .formula =
              "+1 when the last confirmed swing high is above the one before it and the last swing low "
              "above the one before it, -1 when both are below, else 0; missing until there are two of each. "
              "Swings as in swing_high_distance(k).",
          .unit = "-1, 0 or 1",
          .range = "{-1, 0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {side_bars()},
          .has_fixed_warmup = false,
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int side = arguments.whole(0);
            return graph.map("a where a is b, else 0", swing_highs(graph, side)[1],
                             swing_lows(graph, side)[1], [](double highs, double lows) {
                               const double agreement = highs == lows ? highs : 0.0;
                               return 0.0 * (highs + lows) + agreement;
                             });
          }};
}

}  // namespace

std::vector<FeatureEntry> swing_features() {
  return {swing_high_distance(), swing_low_distance(), swing_structure()};
}

}  // namespace regimetry::features
