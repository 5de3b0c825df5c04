// The shapes of one, two and three bars.
//
// A comparison with a missing value is false, which would read as "no pattern"; so every formula adds 0 times
// the prices it compared, and a missing one makes the answer missing.
#include <array>
#include <cmath>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/pattern/pattern.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/streak.hpp"

namespace regimetry::features {
namespace {

double one_if(bool condition) {
  return condition ? 1.0 : 0.0;
}

FeatureEntry inside_outside() {
  return {.name = "inside_outside",
          .group = "pattern",
          .meaning = "Whether the bar lies within the one before it or reaches beyond it on both sides.",
          .formula =
              "+1 (outside bar) when high > high before and low < low before, -1 (inside bar) when high < "
              "high before and low > low before, else 0",
          .unit = "-1, 0 or 1",
          .range = "{-1, 0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return graph.map("inside outside",
                             std::array{graph.high(), graph.low(), value_before(graph, graph.high(), 1),
                                        value_before(graph, graph.low(), 1)},
                             [](double high, double low, double high_before, double low_before) {
                               const double outside = one_if((high > high_before) & (low < low_before));
                               const double inside = one_if((high < high_before) & (low > low_before));
                               return 0.0 * (high + low + high_before + low_before) + (outside - inside);
                             });
          }};
}

FeatureEntry engulfing() {
  return {.name = "engulfing",
          .group = "pattern",
          .meaning = "A body that swallows the opposite body before it.",
          .formula =
              "+1 when close before < open before, close > open, open <= close before, close >= open "
              "before and the body |close - open| is longer than the one before; -1 in the mirrored case "
              "(a falling body around a rising one); else 0",
          .unit = "-1, 0 or 1",
          .range = "{-1, 0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return graph.map("engulfing",
                             std::array{graph.open(), graph.close(), value_before(graph, graph.open(), 1),
                                        value_before(graph, graph.close(), 1)},
                             [](double open, double close, double open_before, double close_before) {
                               const double body = close - open, body_before = close_before - open_before;
                               const bool is_up = (body_before < 0) & (body > 0) & (open <= close_before) &
                                                  (close >= open_before) & (body > -body_before);
                               const bool is_down = (body_before > 0) & (body < 0) & (open >= close_before) &
                                                    (close <= open_before) & (-body > body_before);
                               return 0.0 * (body + body_before) + (one_if(is_up) - one_if(is_down));
                             });
          }};
}

FeatureEntry doji() {
  return {.name = "doji",
          .group = "pattern",
          .meaning = "A bar that closed about where it opened.",
          .formula = "1 when |close - open| <= share * (high - low) and high > low, else 0",
          .unit = "0 or 1",
          .range = "{0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {{"share", 0.1, 0, 1, false, "longest body as a share of the bar's range"}},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return graph.map(
                "doji", std::array{graph.open(), graph.high(), graph.low(), graph.close()},
                [](double open, double high, double low, double close, double share) {
                  const double range = high - low, body = std::abs(close - open);
                  return 0.0 * (body + range) + one_if((body <= share * range) & (range > 0));
                },
                arguments.number(0));
          }};
}

// The longest far shadow of a hammer, as a share of the bar's range.
constexpr double kFarShadow = 0.1;

FeatureEntry hammer() {
  return {
      .name = "hammer",
      .group = "pattern",
      .meaning =
          "A long shadow against the move before: a hammer after a fall, a shooting star after a rise.",
      .formula =
          "+1 when the lower shadow (min(open, close) - low) is at least r bodies long, the upper one "
          "(high - max(open, close)) at most 10 % of the range, and close before < close k bars "
          "before that; -1 when the upper shadow is at least r bodies long, the lower one at most 10 "
          "% of the range, and close before > close k bars before that; else 0, also without a "
          "range",
      .unit = "-1, 0 or 1",
      .range = "{-1, 0, 1}",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(5, 1, "trend", "bars over which the move before is measured"),
                     {"shadow_ratio", 2, 0.5, 100, false, "shortest long shadow in bodies"}},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const int trend = arguments.whole(0);
        return graph.map(
            "hammer",
            std::array{graph.open(), graph.high(), graph.low(), graph.close(),
                       value_before(graph, graph.close(), 1), value_before(graph, graph.close(), trend + 1)},
            [](double open, double high, double low, double close, double last, double earlier,
               double bodies) {
              const double top = close > open ? close : open, bottom = close > open ? open : close;
              const double upper = high - top, lower = bottom - low, body = top - bottom;
              const double range = high - low, far = kFarShadow * range, move = last - earlier;
              const bool is_hammer = (lower >= bodies * body) & (upper <= far) & (move < 0);
              const bool is_star = (upper >= bodies * body) & (lower <= far) & (move > 0);
              const double shape = one_if(is_hammer) - one_if(is_star);
              return 0.0 * (body + range + move) + (range > 0 ? shape : 0.0);
            },
            arguments.number(1));
      }};
}

FeatureEntry consecutive_direction() {
  return {.name = "consecutive_direction",
          .group = "pattern",
          .meaning = "How many closes in a row rose or fell.",
          .formula =
              "+k after k rising closes in a row, -k after k falling ones, 0 when the close did not move; "
              "limited to +-20",
          .unit = "bars",
          .range = "[-20, 20]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return limited_to(graph, graph.add<Streak>({series_or_close(graph, arguments)}), -20, 20);
          }};
}

FeatureEntry three_bar_reversal() {
  return {.name = "three_bar_reversal",
          .group = "pattern",
          .meaning = "A fall turned around within three bars, or a rise.",
          .formula =
              "+1 when the first of the last three bars fell (close < open), the middle one has the lowest "
              "low of the three and the last closes above the highs of the other two; -1 mirrored: the "
              "first rose, the middle one has the highest high, the last closes below the lows of the "
              "other two; else 0",
          .unit = "-1, 0 or 1",
          .range = "{-1, 0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            const Series high = graph.high(), low = graph.low();
            const Series body = difference(graph, graph.close(), graph.open());
            return graph.map("three bar reversal",
                             std::array{value_before(graph, body, 2), value_before(graph, high, 2),
                                        value_before(graph, low, 2), value_before(graph, high, 1),
                                        value_before(graph, low, 1), high, low, graph.close()},
                             [](double first_body, double first_high, double first_low, double middle_high,
                                double middle_low, double last_high, double last_low, double close) {
                               const bool is_up = (first_body < 0) & (middle_low < first_low) &
                                                  (middle_low < last_low) & (close > first_high) &
                                                  (close > middle_high);
                               const bool is_down = (first_body > 0) & (middle_high > first_high) &
                                                    (middle_high > last_high) & (close < first_low) &
                                                    (close < middle_low);
                               const double all = first_body + first_high + first_low + middle_high +
                                                  middle_low + last_high + last_low + close;
                               return 0.0 * all + (one_if(is_up) - one_if(is_down));
                             });
          }};
}

FeatureEntry star() {
  return {.name = "star",
          .group = "pattern",
          .meaning = "Morning star (a fall, a pause below it, a rise) and evening star (its mirror image).",
          .formula =
              "over three bars with bodies b1, b2, b3 = close - open: +1 when b1 < 0, |b2| <= 0.3 |b1|, "
              "the middle body lies below the first close, b3 > 0 and the last closes above the middle of "
              "the first body; -1 mirrored; else 0",
          .unit = "-1, 0 or 1",
          .range = "{-1, 0, 1}",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            const Series open = graph.open(), close = graph.close();
            return graph.map(
                "star",
                std::array{value_before(graph, open, 2), value_before(graph, close, 2),
                           value_before(graph, open, 1), value_before(graph, close, 1), open, close},
                [](double open1, double close1, double open2, double close2, double open3, double close3) {
                  const double body1 = close1 - open1, body3 = close3 - open3;
                  const double top2 = open2 > close2 ? open2 : close2;
                  const double bottom2 = open2 > close2 ? close2 : open2;
                  const double size1 = body1 > 0 ? body1 : -body1;
                  const bool is_pause = top2 - bottom2 <= 0.3 * size1;
                  const double middle = 0.5 * (open1 + close1);
                  const bool is_morning = (body1 < 0) & (top2 < close1) & (body3 > 0) & (close3 > middle);
                  const bool is_evening = (body1 > 0) & (bottom2 > close1) & (body3 < 0) & (close3 < middle);
                  const double all = body1 + (open2 + close2) + body3;
                  return 0.0 * all + one_if(is_pause) * (one_if(is_morning) - one_if(is_evening));
                });
          }};
}

}  // namespace

std::vector<FeatureEntry> candle_pattern_features() {
  return {inside_outside(),        engulfing(),          doji(), hammer(),
          consecutive_direction(), three_bar_reversal(), star()};
}

}  // namespace regimetry::features
