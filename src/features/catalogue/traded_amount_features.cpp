// How much is traded, beside what is usual, and how far the price goes for it.
#include <cmath>

#include "features/catalogue/common_series.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/volume_parts.hpp"
#include "features/operators/rolling_moments.hpp"

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
            return ratio(graph, volume, rolling_average(graph, volume, arguments.whole(0)), 1);
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
            const auto [mean, variance] = graph.add_all<RollingMoments>({graph.volume()}, arguments.whole(0));
            return graph.map("(a - b) / sqrt(c), 0 when c is 0", std::array{graph.volume(), mean, variance},
                             [](double volume, double usual, double spread) {
                               const double score = (volume - usual) / std::sqrt(spread == 0 ? 1.0 : spread);
                               return spread == 0 ? 0.0 : score;
                             });
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
            const Series share = ratio(graph, rolling_average(graph, graph.volume(), arguments.whole(0)),
                                       rolling_average(graph, graph.volume(), arguments.whole(1)), 1);
            return graph.map("a - 1", share, [](double x) { return x - 1; });
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
  const Series moved = size_of(graph, log_change_of(graph, graph.close()));
  const Series impact = ratio(graph, moved, product(graph, graph.close(), graph.volume()), 0);
  // A bar that moved without volume says nothing about impact: it counts in neither sum.
  const Series traded =
      graph.map("0 a + 1 when b is not 0", moved, graph.volume(),
                [](double move, double volume) { return 0.0 * move + (volume == 0 ? 0.0 : 1.0); });
  return ratio(graph, rolling_total(graph, impact, bars), rolling_total(graph, traded, bars), 0);
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
            return graph.map("a - 1", share, [](double x) { return x - 1; });
          }};
}

}  // namespace

std::vector<FeatureEntry> traded_amount_features() {
  return {volume_ratio(),  volume_standard_score(), volume_oscillator(),
          dollar_volume(), amihud_illiquidity(),    amihud_ratio()};
}

}  // namespace regimetry::features
