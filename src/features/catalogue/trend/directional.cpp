// Which way the price goes, and how decidedly: parabolic stop, directional movement, Aroon, vortex.
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/trend/trend.hpp"
#include "features/operators/bars_since_extreme.hpp"
#include "features/operators/directional_movement.hpp"
#include "features/operators/parabolic_stop.hpp"

namespace regimetry::features {
namespace {

Series parabolic_stop(SeriesGraph& graph, const FeatureArguments& arguments) {
  return graph.add<ParabolicStop>({graph.high(), graph.low()}, arguments.number(0), arguments.number(1));
}

FeatureEntry parabolic_sar() {
  return {.name = "parabolic_sar",
          .group = "trend",
          .meaning = "Wilder's parabolic stop-and-reverse: the price at which the trend counts as over.",
          .formula =
              "stop + a * (extreme - stop) per bar, never into the range of this bar and the one before; "
              "extreme = highest high (in a fall, lowest low) of the trend, a = step, and step more with "
              "each new extreme, at most limit. A bar that touches the stop reverses it, to the extreme of "
              "the trend. Starts downwards when the second bar's low falls by more than its high rises, else "
              "upwards (TA-Lib)",
          .unit = "price",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {{"step", 0.02, 0.0001, 1, false, "share of the way to the extreme, per new extreme"},
                         {"limit", 0.2, 0.0001, 1, false, "largest share of the way"}},
          .problem = [](const FeatureArguments& arguments) -> std::string {
            return arguments.values[0] <= arguments.values[1] ? "" : "the step must not exceed the limit";
          },
          .build = parabolic_stop};
}

FeatureEntry parabolic_sar_distance() {
  FeatureEntry entry = parabolic_sar();
  entry.name = "parabolic_sar_distance";
  entry.meaning = "How far the close stands above (or, negative, below) Wilder's parabolic stop.";
  entry.formula = "close / parabolic_sar(step, limit) - 1; 0 when the stop is 0";
  entry.unit = "share of the stop";
  entry.scale = FeatureScale::kStationary;
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    return relative_distance(graph, graph.close(), parabolic_stop(graph, arguments));
  };
  return entry;
}

std::array<Series, 3> directional_movement(SeriesGraph& graph, const FeatureArguments& arguments) {
  return graph.add_all<DirectionalMovement>({graph.high(), graph.low(), true_range(graph)},
                                            arguments.whole(0));
}

constexpr const char* kMovementFormula =
    "; a bar's upward movement is high - high before when that is above 0 and above low before - low, its "
    "downward movement the mirrored one; smoothed by Wilder as in TA-Lib: sum of the first n - 1 bars, then "
    "sum - sum / n + now";

FeatureEntry directional_entry(std::string name, std::string meaning, std::string formula, double shortest) {
  return {.name = std::move(name),
          .group = "trend",
          .meaning = std::move(meaning),
          .formula = formula + kMovementFormula,
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14, shortest)},
          .problem = {},
          .build = {}};
}

FeatureEntry direction_index(const std::string& side, const std::string& way, std::size_t output) {
  FeatureEntry entry = directional_entry(
      side + "_di",
      "Wilder's " + side + " directional index: the share of " + way + " movement in the range.",
      "100 * smoothed " + way +
          " movement / smoothed true range, 0 when nothing moved; at most 100, also where bars contradict "
          "themselves",
      1);
  entry.build = [output](SeriesGraph& graph, const FeatureArguments& arguments) {
    const auto movement = directional_movement(graph, arguments);
    return graph.map(
        "100 a / b within 0 and 100, 0 when b is 0", movement[output], movement[2],
        [](double moved, double range) { return limited(100 * ratio_or(moved, range, 0), 0, 100); });
  };
  return entry;
}

FeatureEntry average_direction_index() {
  FeatureEntry entry = directional_entry(
      "adx", "Wilder's average directional index: how one-sided the movement is, whichever way.",
      "Wilder's average of DX, first the mean of the first n; DX = 100 * |P - M| / (P + M) with P, M the "
      "smoothed upward and downward movement, 0 when there is neither",
      2);
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    const auto [plus, minus, range] = directional_movement(graph, arguments);
    const Series dx = graph.map("100 |a - b| / (a + b), 0 when both are 0", plus, minus,
                                [](double a, double b) { return 100 * ratio_or(std::abs(a - b), a + b, 0); });
    return wilder_average(graph, dx, arguments.whole(0));
  };
  return entry;
}

Series aroon(SeriesGraph& graph, Series bars_since, int bars) {
  return graph.map(
      "100 (bars - a) / bars", bars_since,
      [](double since, double window) { return 100 * (window - since) / window; }, bars);
}

Series aroon_up(SeriesGraph& graph, const FeatureArguments& arguments) {
  const int bars = arguments.whole(0);
  return aroon(graph, graph.add<BarsSinceMaximum>({graph.high()}, bars + 1), bars);
}

Series aroon_down(SeriesGraph& graph, const FeatureArguments& arguments) {
  const int bars = arguments.whole(0);
  return aroon(graph, graph.add<BarsSinceMinimum>({graph.low()}, bars + 1), bars);
}

FeatureEntry aroon_entry(std::string name, std::string meaning, std::string formula,
                         Series (*build)(SeriesGraph&, const FeatureArguments&)) {
  return {.name = std::move(name),
          .group = "trend",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(25)},
          .problem = {},
          .build = build};
}

FeatureEntry aroon_oscillator() {
  FeatureEntry entry =
      aroon_entry("aroon_oscillator", "Aroon oscillator (Chande): newer highs or newer lows.",
                  "aroon_up(n) - aroon_down(n)", [](SeriesGraph& graph, const FeatureArguments& arguments) {
                    return difference(graph, aroon_up(graph, arguments), aroon_down(graph, arguments));
                  });
  entry.unit = "-100 to 100";
  entry.range = "[-100, 100]";
  return entry;
}

FeatureEntry vortex_entry(const std::string& side, const std::string& formula, BarField now,
                          BarField before) {
  return {.name = "vortex_" + side,
          .group = "trend",
          .meaning = "Vortex indicator (Botes, Siepman), " + side + " side: movement against the bar before.",
          .formula =
              "sum of " + formula + " over the last n bars / sum of their true ranges; 1 when nothing moved",
          .unit = "around 1",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14)},
          .problem = {},
          .build = [now, before](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series movement =
                distance(graph, graph.field(now), value_before(graph, graph.field(before), 1));
            const int bars = arguments.whole(0);
            return ratio(graph, total_of_last(graph, movement, bars),
                         total_of_last(graph, true_range(graph), bars), 1);
          }};
}

}  // namespace

std::vector<FeatureEntry> directional_features() {
  return {parabolic_sar(),
          parabolic_sar_distance(),
          average_direction_index(),
          direction_index("plus", "upward", 0),
          direction_index("minus", "downward", 1),
          aroon_entry("aroon_up", "Aroon up (Chande): how new the latest high is.",
                      "100 * (n - bars since the highest high of the last n + 1 bars) / n; of equal highs "
                      "the latest counts",
                      aroon_up),
          aroon_entry("aroon_down", "Aroon down (Chande): how new the latest low is.",
                      "100 * (n - bars since the lowest low of the last n + 1 bars) / n; of equal lows the "
                      "latest counts",
                      aroon_down),
          aroon_oscillator(),
          vortex_entry("plus", "|high - low of the bar before|", BarField::kHigh, BarField::kLow),
          vortex_entry("minus", "|low - high of the bar before|", BarField::kLow, BarField::kHigh)};
}

}  // namespace regimetry::features
