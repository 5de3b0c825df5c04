// Momentum from averages: how far a fast one stands above a slow one, and averages of the changes themselves.
#include "features/catalogue/momentum/momentum.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/prices.hpp"
#include "features/catalogue/series/returns.hpp"

namespace regimetry::features {
namespace {

Series true_strength(SeriesGraph& graph, const FeatureArguments& arguments) {
  const int slow = arguments.whole(0), fast = arguments.whole(1);
  const Series moved = change(graph, series_or_close(graph, arguments));
  const auto smoothed = [&](Series series) {
    return exponential_average(graph, exponential_average(graph, series, slow), fast);
  };
  return percent_ratio(graph, smoothed(moved), smoothed(size_of(graph, moved)), 0);
}

FeatureEntry true_strength_index() {
  return {.name = "tsi",
          .group = "momentum",
          .meaning = "True strength index: smoothed change in units of the smoothed size of changes.",
          .formula =
              "Blau's: 100 * ema(ema(change, r), s) / ema(ema(|change|, r), s), each average seeded with "
              "the mean of its first values; 0 when nothing moved.",
          .unit = "-100 to 100",
          .range = "[-100, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(25, 1, "slow", "bars of the first average"),
                         period(13, 1, "fast", "bars of the second average")},
          .problem = {},
          .build = true_strength};
}

FeatureEntry true_strength_signal() {
  return {.name = "tsi_signal",
          .group = "momentum",
          .meaning = "Signal line of the true strength index.",
          .formula = "ema(tsi(r, s), signal)",
          .unit = "-100 to 100",
          .range = "[-100, 100]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(25, 1, "slow", "bars of the first average"),
                         period(13, 1, "fast", "bars of the second average"),
                         period(7, 1, "signal", "bars of the signal line")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return exponential_average(graph, true_strength(graph, arguments), arguments.whole(2));
          }};
}

Series awesome(SeriesGraph& graph, const FeatureArguments& arguments) {
  const Series median = median_price(graph);
  return difference(graph, mean_of_prices(graph, median, arguments.whole(0)),
                    mean_of_prices(graph, median, arguments.whole(1)));
}

FeatureEntry awesome_oscillator() {
  return {.name = "awesome_oscillator",
          .group = "momentum",
          .meaning = "Awesome oscillator: how far a fast mean of the median price stands above a slow one.",
          .formula = "Williams': sma((high + low) / 2, fast) - sma((high + low) / 2, slow)",
          .unit = "price",
          .range = "any",
          .scale = FeatureScale::kLevel,
          .input = FeatureInput::kBars,
          .parameters = {period(5, 1, "fast"), period(34, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = awesome};
}

FeatureEntry awesome_oscillator_ratio() {
  return {.name = "awesome_oscillator_ratio",
          .group = "momentum",
          .meaning = "Awesome oscillator as a share of the price.",
          .formula = "awesome_oscillator(fast, slow) / ((high + low) / 2); 0 when that is 0",
          .unit = "share of price",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(5, 1, "fast"), period(34, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return ratio(graph, awesome(graph, arguments), median_price(graph), 0);
          }};
}

Series price_oscillator(SeriesGraph& graph, const FeatureArguments& arguments) {
  const Series series = series_or_close(graph, arguments);
  return scaled(graph,
                relative_distance(graph, exponential_average(graph, series, arguments.whole(0)),
                                  exponential_average(graph, series, arguments.whole(1))),
                100);
}

Series price_oscillator_signal(SeriesGraph& graph, const FeatureArguments& arguments) {
  return exponential_average(graph, price_oscillator(graph, arguments), arguments.whole(2));
}

std::vector<FeatureParameter> price_oscillator_parameters(bool has_signal) {
  std::vector<FeatureParameter> parameters{period(12, 1, "fast"), period(26, 2, "slow")};
  if (has_signal) parameters.push_back(period(9, 1, "signal", "bars of the signal line"));
  return parameters;
}

FeatureEntry percentage_price_oscillator() {
  return {
      .name = "ppo",
      .group = "momentum",
      .meaning = "Percentage price oscillator: how far a fast exponential average stands above a slow one.",
      .formula =
          "100 * ema_ratio(fast, slow): 100 * (ema(fast) - ema(slow)) / ema(slow), 0 where ema(slow) is 0 "
          "(TA-Lib's default takes simple averages)",
      .unit = "percent",
      .range = "any",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kSeries,
      .parameters = price_oscillator_parameters(false),
      .problem = require_fast_below_slow,
      .build = price_oscillator};
}

FeatureEntry percentage_price_signal() {
  return {.name = "ppo_signal",
          .group = "momentum",
          .meaning = "Signal line of the percentage price oscillator.",
          .formula = "ema(ppo(fast, slow), signal)",
          .unit = "percent",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = price_oscillator_parameters(true),
          .problem = require_fast_below_slow,
          .build = price_oscillator_signal};
}

FeatureEntry percentage_price_histogram() {
  return {.name = "ppo_histogram",
          .group = "momentum",
          .meaning = "How far the percentage price oscillator stands above its signal line.",
          .formula = "ppo(fast, slow) - ppo_signal(fast, slow, signal)",
          .unit = "percent",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = price_oscillator_parameters(true),
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return difference(graph, price_oscillator(graph, arguments),
                              price_oscillator_signal(graph, arguments));
          }};
}

}  // namespace

std::vector<FeatureEntry> average_distance_features() {
  return {true_strength_index(),       true_strength_signal(),        awesome_oscillator(),
          awesome_oscillator_ratio(),  percentage_price_oscillator(), percentage_price_signal(),
          percentage_price_histogram()};
}

}  // namespace regimetry::features
