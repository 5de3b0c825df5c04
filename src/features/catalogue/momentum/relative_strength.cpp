// Upward against downward movement: relative strength and its relatives.
#include "features/operators/relative_strength.hpp"

#include <array>

#include "features/catalogue/momentum/momentum.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/rolling_rank.hpp"
#include "features/operators/streak.hpp"

namespace regimetry::features {
namespace {

FeatureEntry relative_strength() {
  return {.name = "rsi",
          .group = "momentum",
          .meaning = "Relative strength index: the share of upward movement in all movement.",
          .formula =
              "100 * G / (G + L) with G, L the averages of gains and losses of the close, smoothed as Wilder "
              "does: "
              "first the mean of the first n, then (before * (n - 1) + now) / n. 50 when nothing moved "
              "(TA-Lib: 0).",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return graph.add<RelativeStrength>({series_or_close(graph, arguments)}, arguments.whole(0));
          }};
}

// Below this the index has not moved: on flat prices Wilder's averages of gains and losses shrink together,
// and what is left of their ratio's movement is rounding.
constexpr double kStillRsi = 1e-9;

FeatureEntry stochastic_relative_strength() {
  return {.name = "stochastic_rsi",
          .group = "momentum",
          .meaning = "Where the relative strength index stands within its own recent range.",
          .formula =
              "Chande and Kroll's, not smoothed: 100 * (R - lowest R) / (highest R - lowest R), R = "
              "rsi(n), extremes over the last m values; 50 when R moved by less than 1e-9.",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(14), period(14, 2, "window", "bars over which the index has its range")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series rsi =
                graph.add<RelativeStrength>({series_or_close(graph, arguments)}, arguments.whole(0));
            return graph.map("100 (a - b) / (c - b), 50 when still",
                             std::array{rsi, lowest(graph, rsi, arguments.whole(1)),
                                        highest(graph, rsi, arguments.whole(1))},
                             [](double now, double low, double high) {
                               const bool is_still = high - low < kStillRsi;
                               return 100 * ratio_or(now - low, is_still ? 0.0 : high - low, 0.5);
                             });
          }};
}

FeatureEntry chande_momentum_oscillator() {
  return {.name = "cmo",
          .group = "momentum",
          .meaning = "Chande momentum oscillator: upward less downward movement, of all movement.",
          .formula =
              "Chande's: 100 * (G - L) / (G + L) with G, L the plain sums of the gains and losses of "
              "the last n changes (TA-Lib smooths them instead); 0 when nothing moved.",
          .unit = "-100 to 100",
          .range = "[-100, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series moved = change(graph, series_or_close(graph, arguments));
            const int bars = arguments.whole(0);
            return graph.map(
                "100 (a - b) / (a + b), 0 when still", total_of_last(graph, gains_of(graph, moved), bars),
                total_of_last(graph, losses_of(graph, moved), bars),
                [](double gain, double loss) { return 100 * ratio_or(gain - loss, gain + loss, 0); });
          }};
}

FeatureEntry connors_relative_strength() {
  return {.name = "connors_rsi",
          .group = "momentum",
          .meaning =
              "Connors' composite of relative strength, the length of the run and the size of the last "
              "move.",
          .formula =
              "Connors': the mean of rsi(n) of the close, rsi(m) of the streak (closes in a row up: 1, "
              "2, ..., down: -1, -2, ..., unchanged: 0) and the percentage of the r one-bar returns "
              "before this one that are below it; missing where one of the closes is not above 0.",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(3), period(2, 1, "streak_period", "bars of the streak's index"),
                         period(100, 1, "rank_period", "returns that the last one is ranked among")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series series = series_or_close(graph, arguments);
            const Series streak = graph.add<Streak>({series});
            const double ranked = arguments.number(2);
            const Series below =
                graph.add_all<RollingRank>({simple_return(graph, series, 1)}, arguments.whole(2))[0];
            return mean_of_three(graph, graph.add<RelativeStrength>({series}, arguments.whole(0)),
                                 graph.add<RelativeStrength>({streak}, arguments.whole(1)),
                                 divided_by(graph, scaled(graph, below, 100), ranked));
          }};
}

}  // namespace

std::vector<FeatureEntry> relative_strength_features() {
  return {relative_strength(), stochastic_relative_strength(), chande_momentum_oscillator(),
          connors_relative_strength()};
}

}  // namespace regimetry::features
