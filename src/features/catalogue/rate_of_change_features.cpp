// How far the price went within a number of bars.
#include <cmath>

#include "features/catalogue/common_series.hpp"
#include "features/catalogue/momentum_parts.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/operators/lag.hpp"
#include "features/operators/rolling_moments.hpp"

namespace regimetry::features {
namespace {

FeatureEntry rate_of_change() {
  return {.name = "roc",
          .group = "momentum",
          .meaning = "Rate of change over a number of bars.",
          .formula = "100 * (x / x[n bars ago] - 1); 0 where x[n bars ago] is 0",
          .unit = "percent",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(10)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return percent_change(graph, series_or_close(graph, arguments), arguments.whole(0));
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
            return graph.map("a - b", series, graph.add<Lag>({series}, arguments.whole(0)),
                             [](double now, double before) { return now - before; });
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
            const Series moved = log_of_ratio(graph, graph.close(), graph.add<Lag>({graph.close()}, bars));
            const Series variance =
                graph.add_all<RollingMoments>({log_change_of(graph, graph.close())}, window)[1];
            const double to_sample = static_cast<double>(window) / (window - 1);
            return graph.map(fmt::format("a / sqrt({} b {}), 0 when b is still", to_sample, bars), moved,
                             variance, [to_sample, bars](double move, double population_variance) {
                               const double deviation = std::sqrt(population_variance * to_sample);
                               const bool is_still = deviation < kStillDeviation;
                               const double scale = (is_still ? 1.0 : deviation) * std::sqrt(bars);
                               return is_still ? 0.0 * move : move / scale;
                             });
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
            const Series roc = percent_change(graph, series_or_close(graph, arguments), bars);
            return graph.map("a - b", roc, graph.add<Lag>({roc}, bars),
                             [](double now, double before) { return now - before; });
          }};
}

FeatureEntry know_sure_thing() {
  return {
      .name = "know_sure_thing",
      .group = "momentum",
      .meaning = "Know Sure Thing: smoothed rates of change over four horizons, the longest weighing most.",
      .formula =
          "Pring's: 1 * mean10(roc(10)) + 2 * mean10(roc(15)) + 3 * mean10(roc(20)) + 4 * "
          "mean15(roc(30)), mean_k the simple mean of the last k values",
      .unit = "percent",
      .range = "any",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kSeries,
      .parameters = {},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series series = series_or_close(graph, arguments);
        const auto smoothed = [&](int bars, int smoothing) {
          return rolling_average(graph, percent_change(graph, series, bars), smoothing);
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
