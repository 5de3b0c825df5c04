// Indicators of the typical price: CCI and the volume-weighted average price.
#include <array>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/prices.hpp"
#include "features/catalogue/trend/trend.hpp"
#include "features/operators/mean_absolute_deviation.hpp"
#include "features/operators/rolling_weighted_mean.hpp"

namespace regimetry::features {
namespace {

Series volume_weighted_price(SeriesGraph& graph, const FeatureArguments& arguments) {
  const auto [mean, away] =
      graph.add_all<RollingWeightedMean>({typical_price(graph), graph.volume()}, arguments.whole(0));
  return sum(graph, mean, away);
}

FeatureEntry commodity_channel_index() {
  return {
      .name = "cci",
      .group = "trend",
      .meaning = "Commodity channel index (Lambert): how unusual the typical price is for its window.",
      .formula =
          "(P - mean) / (0.015 * mean of |P - mean|) over the last n bars, P = (high + low + close) / 3; 0 "
          "when P did not move",
      .unit = "1 / 0.015 mean absolute deviations",
      .range = "any, mostly [-200, 200]",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(20)},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series price = typical_price(graph);
        const Series mean = mean_of_prices(graph, price, arguments.whole(0));
        const Series deviation = graph.add<MeanAbsoluteDeviation>({price, mean}, arguments.whole(0));
        return graph.map("(a - b) / (0.015 c), 0 when c is 0", std::array{price, mean, deviation},
                         [](double a, double b, double c) { return ratio_or(a - b, 0.015 * c, 0); });
      }};
}

FeatureEntry volume_weighted_average_price() {
  return {
      .name = "vwap",
      .group = "trend",
      .meaning = "Volume-weighted average price over a rolling window.",
      .formula =
          "sum(P * volume) / sum(volume) over the last n bars, P = (high + low + close) / 3; the plain mean "
          "of P when nothing traded",
      .unit = "price",
      .range = "any",
      .scale = FeatureScale::kLevel,
      .input = FeatureInput::kBars,
      .parameters = {period(20)},
      .problem = {},
      .build = volume_weighted_price};
}

FeatureEntry volume_weighted_distance() {
  return {.name = "vwap_distance",
          .group = "trend",
          .meaning = "How far the close stands above the volume-weighted average price.",
          .formula = "close / vwap(n) - 1; 0 when the average is 0",
          .unit = "share of the average",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return relative_distance(graph, graph.close(), volume_weighted_price(graph, arguments));
          }};
}

}  // namespace

std::vector<FeatureEntry> typical_price_features() {
  return {commodity_channel_index(), volume_weighted_average_price(), volume_weighted_distance()};
}

}  // namespace regimetry::features
