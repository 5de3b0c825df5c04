// The highs and lows of the bars before as barriers, and the lines through them.
#include <array>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/pattern/pattern.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/rolling_path_slope.hpp"

namespace regimetry::features {
namespace {

// Of the `bars` bars before this one, which itself must not count: it could not break its own extreme.
Series highest_before(SeriesGraph& graph, int bars) {
  return value_before(graph, highest_high(graph, bars), 1);
}

Series lowest_before(SeriesGraph& graph, int bars) {
  return value_before(graph, lowest_low(graph, bars), 1);
}

FeatureEntry resistance_distance() {
  return {.name = "resistance_distance",
          .group = "pattern",
          .meaning =
              "How far the price has to rise to the highest high of the bars before; below 0 it stands "
              "above it.",
          .formula = "log(highest high of the n bars before this one / close)",
          .unit = "log return",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(60)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_ratio(graph, highest_before(graph, arguments.whole(0)), graph.close());
          }};
}

FeatureEntry support_distance() {
  return {.name = "support_distance",
          .group = "pattern",
          .meaning =
              "How far the price stands above the lowest low of the bars before; below 0 it has broken "
              "it.",
          .formula = "log(close / lowest low of the n bars before this one)",
          .unit = "log return",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(60)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_ratio(graph, graph.close(), lowest_before(graph, arguments.whole(0)));
          }};
}

// Above the bars before: by how much; below them: minus by how much; else 0.
Series beyond_range(SeriesGraph& graph, int bars) {
  return graph.map("a beyond b and c",
                   std::array{graph.close(), lowest_before(graph, bars), highest_before(graph, bars)},
                   [](double close, double low, double high) {
                     return positive_part(close - high) + negative_part(close - low);
                   });
}

FeatureEntry breakout() {
  return {.name = "breakout",
          .group = "pattern",
          .meaning = "Whether the close has left the range of the bars before.",
          .formula =
              "+1 when the close is above the highest high of the n bars before this one, -1 when below "
              "their lowest low, else 0",
          .unit = "-1, 0 or 1",
          .range = "{-1, 0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return sign(graph, beyond_range(graph, arguments.whole(0)));
          }};
}

FeatureEntry breakout_strength() {
  return {.name = "breakout_strength",
          .group = "pattern",
          .meaning = "How far the close has left the range of the bars before.",
          .formula =
              "(close - highest high of the n bars before this one) / R when above it, (close - lowest "
              "low) / R when below that, else 0; R the plain mean of the true ranges of the last n bars, "
              "this one included; 0 when R is 0",
          .unit = "mean true ranges",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            return ratio(graph, beyond_range(graph, bars), mean_of_last(graph, true_range(graph), bars), 0);
          }};
}

// The line through log prices, made from their one-bar changes: a log price is large beside them.
Series log_price_slope(SeriesGraph& graph, Series prices, int bars) {
  return graph.add<RollingPathSlope>({log_return(graph, prices, 1)}, bars);
}

FeatureEntry resistance_slope() {
  return {.name = "resistance_slope",
          .group = "pattern",
          .meaning = "Slope of the line through the highs of the last bars.",
          .formula = "least-squares slope of log(high) over the last n bars",
          .unit = "log return per bar",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_price_slope(graph, graph.high(), arguments.whole(0));
          }};
}

FeatureEntry support_slope() {
  return {.name = "support_slope",
          .group = "pattern",
          .meaning = "Slope of the line through the lows of the last bars.",
          .formula = "least-squares slope of log(low) over the last n bars",
          .unit = "log return per bar",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_price_slope(graph, graph.low(), arguments.whole(0));
          }};
}

FeatureEntry channel_convergence() {
  return {.name = "channel_convergence",
          .group = "pattern",
          .meaning =
              "How fast the lines through highs and lows run together: above 0 a triangle, below 0 a "
              "megaphone.",
          .formula = "support_slope(n) - resistance_slope(n)",
          .unit = "log return per bar",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            return difference(graph, log_price_slope(graph, graph.low(), bars),
                              log_price_slope(graph, graph.high(), bars));
          }};
}

}  // namespace

std::vector<FeatureEntry> support_resistance_features() {
  return {resistance_distance(), support_distance(), breakout(),           breakout_strength(),
          resistance_slope(),    support_slope(),    channel_convergence()};
}

}  // namespace regimetry::features
