// Position: where the price stands between the highs and lows of its recent past.
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/price/price.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/operators/bars_since_extreme.hpp"
#include "features/operators/rolling_extremes.hpp"

namespace regimetry::features {
namespace {

FeatureEntry range_position() {
  return {
      .name = "range_position",
      .group = "price",
      .meaning = "Where the close lies between the lowest low and the highest high of n bars.",
      .formula =
          "(close - lowest low) / (highest high - lowest low), limited to [0, 1]; 0.5 when the two are equal",
      .unit = "share of the range of n bars",
      .range = "[0, 1]",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(20)},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        return close_in_range(graph, arguments.whole(0));
      }};
}

FeatureEntry range_ratio() {
  return {.name = "range_ratio",
          .group = "price",
          .meaning = "The range of the bar against the usual one.",
          .formula = "r / mean of the last n r, r = log(high / low); 1 when the mean is 0",
          .unit = "multiple of the mean range",
          .range = "[0, n]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series range = log_bar_range(graph);
            return ratio(graph, range, mean_of_last(graph, range, arguments.whole(0)), 1);
          }};
}

// An indicator of the last year of closes.
template <typename Build>
FeatureEntry position_in_year(std::string name, std::string meaning, std::string formula, std::string unit,
                              std::string range, Build build) {
  return {.name = std::move(name),
          .group = "price",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = std::move(unit),
          .range = std::move(range),
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(252)},
          .problem = {},
          .build = [build](SeriesGraph& graph, const FeatureArguments& arguments) {
            return build(graph, series_or_close(graph, arguments), arguments.whole(0));
          }};
}

template <typename Extreme>
Series log_distance(SeriesGraph& graph, Series series, int bars) {
  return log_ratio(graph, series, graph.add<Extreme>({series}, bars));
}

template <typename BarsSince>
Series share_of_window(SeriesGraph& graph, Series series, int bars) {
  return divided_by(graph, graph.add<BarsSince>({series}, bars), bars);
}

}  // namespace

std::vector<FeatureEntry> price_position_features() {
  return {range_position(),
          range_ratio(),
          position_in_year("drawdown", "How far the close is below the highest of n bars.",
                           "log(x / highest of the last n x); missing where either is not above 0",
                           "log return", "<= 0", log_distance<RollingMaximum>),
          position_in_year("drawup", "How far the close is above the lowest of n bars.",
                           "log(x / lowest of the last n x); missing where either is not above 0",
                           "log return", ">= 0", log_distance<RollingMinimum>),
          position_in_year("bars_since_high", "How long ago the highest close of n bars was.",
                           "bars since the highest of the last n x, divided by n; the latest of equal ones",
                           "share of n bars", "[0, 1)", share_of_window<BarsSinceMaximum>),
          position_in_year("bars_since_low", "How long ago the lowest close of n bars was.",
                           "bars since the lowest of the last n x, divided by n; the latest of equal ones",
                           "share of n bars", "[0, 1)", share_of_window<BarsSinceMinimum>)};
}

}  // namespace regimetry::features
