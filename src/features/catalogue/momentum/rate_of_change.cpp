// How far the price went within a number of bars.
#include <array>
#include <cmath>

#include "features/catalogue/momentum/momentum.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"

namespace regimetry::features {
namespace {

FeatureEntry rate_of_change() {
  return {.name = "roc",
          .group = "momentum",
          .meaning = "Rate of change over a number of bars.",
          .formula = "100 * (x / x[n bars ago] - 1); missing unless x[n bars ago] is above 0",
          .unit = "percent",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(10)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return percent_return(graph, series_or_close(graph, arguments), arguments.whole(0));
          }};
}

FeatureEntry momentum() {
  return {.name = "momentum",
          .group = "momentum",
          .meaning = "Difference to the value a number of bars ago.",
          .formula = "x - x[n bars ago]",
          .unit = "as its input",
          .range = "any",
          .scale = FeatureScale::kOfInput,
          .input = FeatureInput::kSeries,
          .parameters = {period(10)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series series = series_or_close(graph, arguments);
            return change_over(graph, series, arguments.whole(0));
          }};
}

// A deviation of returns below this is rounding, not movement.
constexpr double kStillDeviation = 1e-14;

FeatureEntry normalised_momentum() {
  return {.name = "normalised_momentum",
          .group = "momentum",
          .meaning =
              "The return over a number of bars in units of what a random walk would make of the recent "
              "volatility.",
          .formula =
              "log(close / close[n bars ago]) / (s * sqrt(n)), s the sample deviation (divided by m - 1) "
              "of the last m one-bar log returns; 0 when s < 1e-14.",
          .unit = "standard deviations",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(10), period(63, 2, "window", "returns that make the deviation")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0), window = arguments.whole(1);
            const Series deviation = sample_deviation(graph, log_return(graph, graph.close(), 1), window);
            return graph.map(
                "a / (b sqrt(bars)), 0 when b is still", log_return(graph, graph.close(), bars), deviation,
                [](double move, double usual, double horizon) {
                  const double scale = (usual < kStillDeviation ? 0.0 : usual) * std::sqrt(horizon);
                  return ratio_or(move, scale, 0);
                },
                bars);
          }};
}

FeatureEntry momentum_acceleration() {
  return {.name = "momentum_acceleration",
          .group = "momentum",
          .meaning = "How much faster the price moves than in the bars before.",
          .formula = "roc(n) - roc(n) of n bars ago",
          .unit = "percent",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(10)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            const Series roc = percent_return(graph, series_or_close(graph, arguments), bars);
            return change_over(graph, roc, bars);
          }};
}

FeatureEntry know_sure_thing() {
  return {
      .name = "know_sure_thing",
      .group = "momentum",
      .meaning = "Know Sure Thing: smoothed rates of change over four horizons, the longest weighing most.",
      .formula =
          "Pring's: 1 * mean10(roc(10)) + 2 * mean10(roc(15)) + 3 * mean10(roc(20)) + 4 * "
          "mean15(roc(30)), mean_k the simple mean of the last k values; "
          "roc as there, missing unless its base is above 0",
      .unit = "percent",
      .range = "any",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kSeries,
      .parameters = {},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series series = series_or_close(graph, arguments);
        const auto smoothed = [&](int bars, int smoothing) {
          return mean_of_last(graph, percent_return(graph, series, bars), smoothing);
        };
        return graph.map("a + 2 b + 3 c + 4 d",
                         std::array{smoothed(10, 10), smoothed(15, 10), smoothed(20, 10), smoothed(30, 15)},
                         [](double a, double b, double c, double d) { return a + 2 * b + 3 * c + 4 * d; });
      }};
}

}  // namespace

std::vector<FeatureEntry> rate_of_change_features() {
  return {rate_of_change(), momentum(), normalised_momentum(), momentum_acceleration(), know_sure_thing()};
}

}  // namespace regimetry::features
