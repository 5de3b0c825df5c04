// Price levels: one price for a whole bar. Regimes made from levels may merely follow the price.
#include <string>
#include <utility>

#include "features/catalogue/price/price.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/prices.hpp"

namespace regimetry::features {
namespace {

FeatureEntry price_level(std::string name, std::string meaning, std::string formula,
                         Series (*build)(SeriesGraph&)) {
  return {
      .name = std::move(name),
      .group = "price",
      .meaning = std::move(meaning),
      .formula = std::move(formula),
      .unit = "price",
      .range = "> 0",
      .scale = FeatureScale::kLevel,
      .input = FeatureInput::kBars,
      .parameters = {},
      .problem = {},
      .build = [build](SeriesGraph& graph, const FeatureArguments& /*arguments*/) { return build(graph); }};
}

FeatureEntry log_price() {
  return {.name = "log_price",
          .group = "price",
          .meaning = "Natural logarithm of the price.",
          .formula = "log(x); missing where x is not above 0",
          .unit = "log price",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kSeries,
          .parameters = {},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_of(graph, series_or_close(graph, arguments));
          }};
}

}  // namespace

std::vector<FeatureEntry> price_level_features() {
  return {
      log_price(),
      price_level("typical_price", "Typical price of the bar.", "(high + low + close) / 3", typical_price),
      price_level("median_price", "Middle of the bar.", "(high + low) / 2", median_price),
      price_level("weighted_close", "Price of the bar with the close counted twice.",
                  "(high + low + 2 * close) / 4", weighted_close)};
}

}  // namespace regimetry::features
