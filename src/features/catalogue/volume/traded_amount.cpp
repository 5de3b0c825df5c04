// How much is traded, beside what is usual, and how far the price goes for it.
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volume/volume.hpp"

namespace regimetry::features {
namespace {

FeatureEntry volume_ratio() {
  return {.name = "volume_ratio",
          .group = "volume",
          .meaning = "Volume in units of its recent mean.",
          .formula = "volume / mean volume of the last n bars; 1 when nothing traded in them",
          .unit = "mean volumes",
          .range = "[0, n]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series volume = graph.volume();
            return ratio(graph, volume, mean_of_last(graph, volume, arguments.whole(0)), 1);
          }};
}

FeatureEntry volume_standard_score() {
  return {.name = "volume_zscore",
          .group = "volume",
          .meaning = "How unusual the volume is among the last bars.",
          .formula =
              "(volume - mean) / population deviation (divided by n) of the last n volumes; 0 when they "
              "are all equal",
          .unit = "standard deviations",
          .range = "[-sqrt(n - 1), sqrt(n - 1)]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return standard_score_of(graph, graph.volume(), arguments.whole(0));
          }};
}

FeatureEntry volume_oscillator() {
  return {.name = "volume_oscillator",
          .group = "volume",
          .meaning = "How far the volume of the last few bars stands above that of more bars.",
          .formula =
              "mean volume of the last fast bars / mean volume of the last slow bars - 1; 0 when nothing "
              "traded in them",
          .unit = "share of the slow mean",
          .range = "[-1, slow / fast - 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(5, 1, "fast"), period(20, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int fast = arguments.whole(0), slow = arguments.whole(1);
            const Series share = ratio(graph, mean_of_last(graph, graph.volume(), fast),
                                       mean_of_last(graph, graph.volume(), slow), 1);
            // Where only the fast bars traded, rounding may put the share a digit above slow / fast.
            return limited_to(graph, difference(graph, share, graph.constant(1)), -1,
                              arguments.number(1) / arguments.number(0) - 1);
          }};
}

FeatureEntry dollar_volume() {
  return {.name = "dollar_volume",
          .group = "volume",
          .meaning = "Money traded in the bar.",
          .formula = "close * volume",
          .unit = "price times volume",
          .range = ">= 0",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
            return product(graph, graph.close(), graph.volume());
          }};
}

// The mean price impact of the bars that traded among the last `bars`.
Series illiquidity(SeriesGraph& graph, int bars) {
  const Series moved = size_of(graph, log_return(graph, graph.close(), 1));
  const Series impact = ratio(graph, moved, product(graph, graph.close(), graph.volume()), 0);
  // A bar that moved without volume says nothing about impact: it counts in neither sum.
  const Series traded =
      graph.map("0 a + 1 when b is not 0", moved, graph.volume(),
                [](double move, double volume) { return 0.0 * move + (volume == 0 ? 0.0 : 1.0); });
  return ratio(graph, total_of_last(graph, impact, bars), total_of_last(graph, traded, bars), 0);
}

FeatureEntry amihud_illiquidity() {
  return {.name = "amihud_illiquidity",
          .group = "volume",
          .meaning = "Price impact: how far the price moves per unit of money traded.",
          .formula =
              "Amihud's (2002): mean of |log(close / close before)| / (close * volume) over those of the "
              "last n bars that traded; 0 when none did.",
          .unit = "log return per money traded",
          .range = ">= 0",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return illiquidity(graph, arguments.whole(0));
          }};
}

FeatureEntry amihud_ratio() {
  return {.name = "amihud_ratio",
          .group = "volume",
          .meaning =
              "Price impact of the last bars beside that of more bars: above 0 the market is thinner than "
              "usual.",
          .formula = "amihud_illiquidity(fast) / amihud_illiquidity(slow) - 1; 0 when the slow one is 0",
          .unit = "share of the slow one",
          .range = ">= -1",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 1, "fast"), period(120, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series share = ratio(graph, illiquidity(graph, arguments.whole(0)),
                                       illiquidity(graph, arguments.whole(1)), 1);
            return difference(graph, share, graph.constant(1));
          }};
}

}  // namespace

std::vector<FeatureEntry> traded_amount_features() {
  return {volume_ratio(),  volume_standard_score(), volume_oscillator(),
          dollar_volume(), amihud_illiquidity(),    amihud_ratio()};
}

}  // namespace regimetry::features
