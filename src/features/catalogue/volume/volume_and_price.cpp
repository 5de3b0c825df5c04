// How volume and the movement of the price go together.
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/prices.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volume/volume.hpp"
#include "features/operators/rolling_weighted_mean.hpp"

namespace regimetry::features {
namespace {

Series force(SeriesGraph& graph) {
  return product(graph, change(graph, graph.close()), graph.volume());
}

FeatureEntry force_index() {
  return {.name = "force_index",
          .group = "volume",
          .meaning = "Force index: the smoothed product of price change and volume.",
          .formula = "Elder's: ema((close - close before) * volume, n)",
          .unit = "price times volume",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {period(13)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return exponential_average(graph, force(graph), arguments.whole(0));
          }};
}

FeatureEntry force_index_ratio() {
  return {
      .name = "force_index_ratio",
      .group = "volume",
      .meaning = "How one-sided the force behind the price is.",
      .formula = "ema(f, n) / ema(|f|, n), f = (close - close before) * volume; 0 when there was no force",
      .unit = "-1 to 1",
      .range = "[-1, 1]",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(13)},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series both = force(graph);
        const int bars = arguments.whole(0);
        return ratio(graph, exponential_average(graph, both, bars),
                     exponential_average(graph, size_of(graph, both), bars), 0);
      }};
}

FeatureEntry weighted_average_ratio() {
  return {.name = "vwma_ratio",
          .group = "volume",
          .meaning = "Whether the volume of the last bars traded above or below their mean price.",
          .formula = "sum(close * volume) / sum(volume) / mean close - 1 over n bars; 0 when nothing traded",
          .unit = "share of the mean price",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const auto [mean, distance] =
                graph.add_all<RollingWeightedMean>({graph.close(), graph.volume()}, arguments.whole(0));
            return ratio(graph, distance, mean, 0);
          }};
}

FeatureEntry ease_of_movement() {
  return {
      .name = "ease_of_movement",
      .group = "volume",
      .meaning = "Ease of movement: how far the price moves for how little volume.",
      .formula =
          "Arms': mean over the last n bars of (m - m before) * (high - low) / (volume / scale), m = (high "
          "+ low) / 2; a bar counts 0 when it did not trade",
      .unit = "squared price per scaled volume",
      .range = "any",
      .scale = FeatureScale::kLevel,
      .input = FeatureInput::kBars,
      .parameters = {period(14),
                     {"scale", 1e8, 1, 1e15, false, "volume that counts as one, so that numbers are handy"}},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series stretched = product(graph, change(graph, median_price(graph)), bar_height(graph));
        const Series effort = divided_by(graph, graph.volume(), arguments.number(1));
        return mean_of_last(graph, ratio(graph, stretched, effort, 0), arguments.whole(0));
      }};
}

FeatureEntry ease_of_movement_ratio() {
  return {.name = "ease_of_movement_ratio",
          .group = "volume",
          .meaning = "Ease of movement made comparable across prices and volumes.",
          .formula =
              "as ease_of_movement, in units of the usual range and volume: mean over the last n bars of (m "
              "- m before) / R * (high - low) / R / (volume / V), m = "
              "(high + low) / 2, R and V the mean range high - low and the mean volume of the n bars up "
              "to that one; a bar counts 0 when it did not trade or R is 0.",
          .unit = "mean ranges",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            const Series range = bar_height(graph);
            const Series moved =
                ratio(graph, change(graph, median_price(graph)), mean_of_last(graph, range, bars), 0);
            const Series stretched =
                product(graph, moved, ratio(graph, range, mean_of_last(graph, range, bars), 0));
            const Series effort = ratio(graph, graph.volume(), mean_of_last(graph, graph.volume(), bars), 0);
            return mean_of_last(graph, ratio(graph, stretched, effort, 0), bars);
          }};
}

FeatureEntry volume_price_correlation() {
  return {.name = "volume_price_correlation",
          .group = "volume",
          .meaning = "Whether volume grows on rising or on falling bars.",
          .formula =
              "Pearson correlation over the last n bars of log(close / close before) and volume - volume "
              "before; 0 when either does not vary",
          .unit = "-1 to 1",
          .range = "[-1, 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return correlation(graph, log_return(graph, graph.close(), 1), change(graph, graph.volume()),
                               arguments.whole(0));
          }};
}

}  // namespace

std::vector<FeatureEntry> volume_and_price_features() {
  return {force_index(),      force_index_ratio(),      weighted_average_ratio(),
          ease_of_movement(), ease_of_movement_ratio(), volume_price_correlation()};
}

}  // namespace regimetry::features
