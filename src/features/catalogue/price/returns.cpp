// Returns: what the price gained or lost over bars, over the night and within a bar.
#include "features/catalogue/series/returns.hpp"

#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/price/price.hpp"
#include "features/catalogue/series/arithmetic.hpp"

namespace regimetry::features {
namespace {

FeatureEntry log_return_entry() {
  return {.name = "log_return",
          .group = "price",
          .meaning = "Log return over the last n bars.",
          .formula = "log(x[t] / x[t - n]); missing where either is not above 0",
          .unit = "log return over n bars",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(1)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_return(graph, series_or_close(graph, arguments), arguments.whole(0));
          }};
}

FeatureEntry simple_return_entry() {
  return {.name = "simple_return",
          .group = "price",
          .meaning = "Relative change over the last n bars.",
          .formula = "x[t] / x[t - n] - 1; missing unless x[t - n] is above 0",
          .unit = "share of the earlier value",
          .range = ">= -1 for prices",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(1)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series series = series_or_close(graph, arguments);
            return simple_return(graph, series, arguments.whole(0));
          }};
}

FeatureEntry negative_return_entry() {
  return {.name = "negative_return",
          .group = "price",
          .meaning = "The loss of the last n bars: bad news, which moves volatility more than good news.",
          .formula = "min(0, log(x[t] / x[t - n])); the leverage term of HAR models (Corsi and Reno 2012)",
          .unit = "log return over n bars",
          .range = "<= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(5)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series ret = log_return(graph, series_or_close(graph, arguments), arguments.whole(0));
            return shortfall_of(graph, ret);
          }};
}

FeatureEntry bar_return(std::string name, std::string meaning, std::string formula,
                        Series (*series)(SeriesGraph&)) {
  return {
      .name = std::move(name),
      .group = "price",
      .meaning = std::move(meaning),
      .formula = std::move(formula),
      .unit = "log return",
      .range = "any",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {},
      .problem = {},
      .build = [series](SeriesGraph& graph, const FeatureArguments& /*arguments*/) { return series(graph); }};
}

}  // namespace

std::vector<FeatureEntry> return_features() {
  return {log_return_entry(), simple_return_entry(), negative_return_entry(),
          bar_return("overnight_gap", "What the price jumped between two bars.",
                     "log(open[t] / close[t - 1]); missing where either is not above 0", overnight_gap),
          bar_return("intraday_return", "What the price gained within the bar.",
                     "log(close / open); missing where either is not above 0", intraday_return)};
}

}  // namespace regimetry::features
