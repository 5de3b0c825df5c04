// Wilder's true range and its average.
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/volatility/volatility.hpp"

namespace regimetry::features {
namespace {

FeatureEntry true_range_entry() {
  return {.name = "true_range",
          .group = "volatility",
          .meaning = "Wilder's true range: how far the price went since the close before, gap included.",
          .formula = "largest of high - low, |high - close before|, |low - close before|",
          .unit = "price",
          .range = ">= 0",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& /*none*/) { return true_range(graph); }};
}

FeatureEntry average_true_range_entry() {
  return {.name = "atr",
          .group = "volatility",
          .meaning = "Average true range: how far the price goes in a bar, gaps included.",
          .formula =
              "Wilder's: true range = max(high, close before) - min(low, close before); first the mean of "
              "the first n true ranges, then (before * (n - 1) + now) / n",
          .unit = "price",
          .range = ">= 0",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return average_true_range(graph, arguments.whole(0));
          }};
}

FeatureEntry average_true_range_ratio() {
  return {.name = "atr_ratio",
          .group = "volatility",
          .meaning = "Average true range as a share of the price.",
          .formula = "atr(n) / close; missing where the close is not above 0",
          .unit = "share of the close",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(14)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return ratio(graph, average_true_range(graph, arguments.whole(0)),
                         where_positive(graph, graph.close()), 0);
          }};
}

}  // namespace

std::vector<FeatureEntry> true_range_features() {
  return {true_range_entry(), average_true_range_entry(), average_true_range_ratio()};
}

}  // namespace regimetry::features
