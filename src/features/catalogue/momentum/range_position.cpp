// Where the price stands within its recent range: stochastics and their relatives.
#include <array>

#include "core/portable_kernels.hpp"
#include "features/catalogue/momentum/momentum.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/prices.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/decayed_sum.hpp"
#include "features/operators/fisher_position.hpp"

namespace regimetry::features {
namespace {

Series stochastic_k(SeriesGraph& graph, int bars, int smoothing) {
  return mean_of_last(graph, scaled(graph, close_in_range(graph, bars), 100), smoothing);
}

FeatureEntry stochastic_k_entry() {
  return {.name = "stochastic_k",
          .group = "momentum",
          .meaning = "Stochastic %K: where the close stands within the range of the last bars.",
          .formula =
              "Lane's: mean over the last s bars of 100 * (close - LL) / (HH - LL), HH and LL the highest "
              "high and lowest low of n bars; limited to [0, 100] where a close lies beyond them, 50 where "
              "HH = LL. "
              "s = 1 is the fast stochastic.",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14), period(3, 1, "smoothing", "bars of the simple mean")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return stochastic_k(graph, arguments.whole(0), arguments.whole(1));
          }};
}

FeatureEntry stochastic_d_entry() {
  return {.name = "stochastic_d",
          .group = "momentum",
          .meaning = "Stochastic %D: the signal line of stochastic %K.",
          .formula = "mean of the last d values of stochastic_k(n, s)",
          .unit = "0 to 100",
          .range = "[0, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14), period(3, 1, "smoothing", "bars of the simple mean that makes %K"),
                         period(3, 1, "signal", "bars of the simple mean of %K")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return mean_of_last(graph, stochastic_k(graph, arguments.whole(0), arguments.whole(1)),
                                arguments.whole(2));
          }};
}

FeatureEntry williams_percent_range() {
  return {.name = "williams_r",
          .group = "momentum",
          .meaning = "Williams %R: how far the close lies below the highest high of the last bars.",
          .formula =
              "Williams': -100 * (HH - close) / (HH - LL), HH and LL the highest high and lowest low of "
              "n bars; limited to [-100, 0] where the close lies beyond them, -50 where HH = LL.",
          .unit = "-100 to 0",
          .range = "[-100, 0]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            // Counted from the top: the highest high takes the place of the bottom.
            const Series depth =
                position_in_range(graph, graph.close(), highest_high(graph, bars), lowest_low(graph, bars));
            return scaled(graph, depth, -100);
          }};
}

FeatureEntry ultimate_oscillator() {
  return {
      .name = "ultimate_oscillator",
      .group = "momentum",
      .meaning = "Ultimate oscillator: buying pressure over three horizons, the shortest weighing most.",
      .formula =
          "Williams': 100 * (4 A(n1) + 2 A(n2) + A(n3)) / 7, A(n) = sum of buying pressure / sum of true "
          "range over n bars; buying pressure = close - min(low, close before); A = 1/2 when no range "
          "(TA-Lib: 0).",
      .unit = "0 to 100",
      .range = "[0, 100]",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(7, 1, "short"), period(14, 1, "medium"), period(28, 1, "long")},
      .problem = [](const FeatureArguments& arguments) -> std::string {
        const auto& bars = arguments.values;
        return bars[0] < bars[1] && bars[1] < bars[2] ? "" : "the three periods must grow from short to long";
      },
      .build =
          [](SeriesGraph& graph, const FeatureArguments& arguments) {
            // On the first bar the close before is missing, and must make the pressure missing.
            const Series pressure = graph.map(
                "a - min(b, c)", std::array{graph.close(), graph.low(), previous_value(graph, graph.close())},
                [](double close, double low, double last) { return close - smaller(low, last); });
            const Series range = true_range(graph);
            std::array<Series, 3> share;
            for (std::size_t i = 0; i < share.size(); ++i) {
              const Series all = ratio(graph, total_of_last(graph, pressure, arguments.whole(i)),
                                       total_of_last(graph, range, arguments.whole(i)), 0.5);
              share[i] = limited_to(graph, all, 0, 1);
            }
            return graph.map("100 (4 a + 2 b + c) / 7", share,
                             [](double a, double b, double c) { return 100 * ((4 * a + 2 * b + c) / 7); });
          }};
}

FeatureEntry fisher_transform() {
  return {.name = "fisher_transform",
          .group = "momentum",
          .meaning = "Fisher transform of the price's position in its range: sharp at turning points.",
          .formula =
              "Ehlers' (2002): v = 0.33 * 2 * (p - 0.5) + 0.67 * v before, limited to +-0.999 beyond "
              "+-0.99; 0.5 * log((1 + v) / (1 - v)) + 0.5 * value before; p the position of (high + low) "
              "/ 2 within its range of n bars, 0.5 when that is 0. Both memories start from 0.",
          .unit = "transformed position",
          .range = "(-7.7, 7.7)",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(10, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series median = median_price(graph);
            const int bars = arguments.whole(0);
            const Series position = graph.add<FisherPosition>({position_in_range(
                graph, median, lowest(graph, median, bars), highest(graph, median, bars))});
            // 0.5 * log((1 + v) / (1 - v)): apart from the memories before and behind it, it becomes vector
            // code.
            const Series bent = graph.map("atanh a", position, [](double v) {
              return 0.5 * regimetry::detail::log_ratio_kernel(1 + v, 1 - v);
            });
            return graph.add<DecayedSum>({bent}, 0.5);
          }};
}

}  // namespace

std::vector<FeatureEntry> range_position_features() {
  return {stochastic_k_entry(), stochastic_d_entry(), williams_percent_range(), ultimate_oscillator(),
          fisher_transform()};
}

}  // namespace regimetry::features
