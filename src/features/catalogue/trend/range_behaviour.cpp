// What the ranges of the bars say about a trend: choppiness and the mass index.
#include <array>

#include "core/portable_kernels.hpp"
#include "core/portable_math.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/trend/trend.hpp"

namespace regimetry::features {
namespace {

FeatureEntry choppiness() {
  return {.name = "choppiness",
          .group = "trend",
          .meaning = "Choppiness index (Dreiss): high where the price goes back and forth, low in a trend.",
          .formula =
              "100 * log(sum of the true ranges of the last n bars / (highest high - lowest low of those "
              "bars)) / log(n); 50 when they had no range",
          .unit = "0 to 100",
          .range = ">= 0, rarely above 100 (after a gap)",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            return graph.map(
                "choppiness",
                std::array{total_of_last(graph, true_range(graph), bars), highest_high(graph, bars),
                           lowest_low(graph, bars)},
                [](double path, double top, double bottom, double scale) {
                  const double range = top - bottom;
                  // The path is never shorter than the range; rounding may say so by a hair.
                  const double chop = positive_part(scale * regimetry::detail::log_ratio_kernel(path, range));
                  return range == 0 ? 50 + 0.0 * path : chop;
                },
                100 / portable_log(bars));
          }};
}

FeatureEntry mass_index() {
  return {
      .name = "mass_index",
      .group = "trend",
      .meaning = "Mass index (Dorsey): swells when ranges widen, whichever way the price goes.",
      .formula =
          "sum over the last `window` bars of e1 / e2, e1 = ema(average) of high - low, e2 = ema(average) of "
          "e1, each started with the mean of its first values; a bar counts 1 when e2 is 0",
      .unit = "around the number of bars",
      .range = "> 0",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(9, 1, "average", "bars of the two averages"),
                     period(25, 1, "window", "bars of the sum")},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const int bars = arguments.whole(0);
        const Series once = exponential_average(graph, bar_height(graph), bars);
        const Series twice = exponential_average(graph, once, bars);
        return total_of_last(graph, ratio(graph, once, twice, 1), arguments.whole(1));
      }};
}

}  // namespace

std::vector<FeatureEntry> range_behaviour_features() {
  return {choppiness(), mass_index()};
}

}  // namespace regimetry::features
