// Instruments against each other: ranks, and the market that they make up together.
//
// The market is the plain mean of all instruments that have a bar at the same stamp, so it costs nothing to
// hold and knows nothing of the future.
#include "features/catalogue/across.hpp"

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"

namespace regimetry::features {
namespace {

using Recipe = std::function<Series(SeriesGraph&, int bars)>;

FeatureEntry across_entry(std::string name, std::string meaning, std::string formula, std::string unit,
                          std::string range, FeatureParameter bars, Recipe recipe) {
  return {.name = std::move(name),
          .group = "across",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = std::move(unit),
          .range = std::move(range),
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {std::move(bars)},
          .problem = {},
          .build = [recipe](SeriesGraph& graph, const FeatureArguments& arguments) {
            return recipe(graph, arguments.whole(0));
          }};
}

Series close_return(SeriesGraph& graph, int bars) {
  return log_return(graph, graph.close(), bars);
}

Series market_return(SeriesGraph& graph, int bars) {
  return graph.across(AcrossKind::kMean, close_return(graph, bars));
}

Series market_beta(SeriesGraph& graph, int bars) {
  return regression_beta(graph, close_return(graph, 1), market_return(graph, 1), bars);
}

Series market_correlation(SeriesGraph& graph, int bars) {
  return correlation(graph, close_return(graph, 1), market_return(graph, 1), bars);
}

}  // namespace

std::vector<FeatureEntry> across_features() {
  return {
      across_entry("return_rank", "Where the return stands among all instruments.",
                   "share of the other instruments with a lower log return over n bars at the same stamp, "
                   "ties half; 0.5 when "
                   "alone",
                   "share", "[0, 1]", period(21),
                   [](SeriesGraph& graph, int bars) {
                     return graph.across(AcrossKind::kRank, close_return(graph, bars));
                   }),
      across_entry("risk_rank", "Where the volatility stands among all instruments.",
                   "share of the other instruments with a lower realised volatility over n bars at the same "
                   "stamp, ties half; "
                   "0.5 when alone",
                   "share", "[0, 1]", period(21),
                   [](SeriesGraph& graph, int bars) {
                     return graph.across(AcrossKind::kRank, realised_volatility(graph, graph.close(), bars));
                   }),
      across_entry("market_return", "The return of the market.",
                   "mean over all instruments of the log return over n bars at the same stamp",
                   "log return over n bars", "any", period(1), market_return),
      across_entry("market_volatility", "The volatility of the market.",
                   "root mean square of the market's one-bar log return over n bars", "log return per bar",
                   ">= 0", period(21),
                   [](SeriesGraph& graph, int bars) {
                     return root_mean_square(graph, market_return(graph, 1), bars);
                   }),
      across_entry("market_beta", "How much the instrument moves when the market moves.",
                   "covariance of the one-bar log returns of instrument and market over n bars / variance of "
                   "the market's; 0 when "
                   "the market did not move",
                   "ratio", "any", period(63, 2), market_beta),
      across_entry("market_correlation", "How closely the instrument follows the market.",
                   "correlation of the one-bar log returns of instrument and market over n bars; 0 when "
                   "either did not move",
                   "ratio", "[-1, 1]", period(63, 2), market_correlation),
      across_entry("market_relative_return", "The return beyond the market's.",
                   "log return over n bars less its mean over all instruments at the same stamp",
                   "log return over n bars", "any", period(21),
                   [](SeriesGraph& graph, int bars) {
                     return difference(graph, close_return(graph, bars), market_return(graph, bars));
                   }),
      across_entry("sector_relative_return", "The return beyond that of its sector.",
                   "log return over n bars less its mean over the instruments of the same sector at the same "
                   "stamp; missing "
                   "while in no sector",
                   "log return over n bars", "any", period(21),
                   [](SeriesGraph& graph, int bars) {
                     const Series own = close_return(graph, bars);
                     return difference(graph, own, graph.across(AcrossKind::kSectorMean, own));
                   }),
  };
}

}  // namespace regimetry::features
