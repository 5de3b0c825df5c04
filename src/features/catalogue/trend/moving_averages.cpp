// Moving averages, and how the price stands to them.
#include <functional>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/trend/trend.hpp"

namespace regimetry::features {
namespace {

// Said once for an average and for the distance from it.
struct AverageKind {
  std::string name, title, call, formula;
  std::vector<FeatureParameter> parameters;
  std::function<std::string(const FeatureArguments&)> problem;
  std::function<Series(SeriesGraph&, Series, const FeatureArguments&)> build;
};

using PlainAverage = Series (*)(SeriesGraph&, Series, int);

AverageKind with_one_period(std::string name, std::string title, std::string formula, PlainAverage average,
                            double shortest = 1) {
  std::string call = name + "(n)";
  return {std::move(name),
          std::move(title),
          std::move(call),
          std::move(formula),
          {period(20, shortest)},
          {},
          [average](SeriesGraph& graph, Series series, const FeatureArguments& arguments) {
            return average(graph, series, arguments.whole(0));
          }};
}

AverageKind adaptive_kind() {
  return {
      "kama",
      "Kaufman's adaptive moving average: fast in a trend, slow in noise",
      "kama(n, fast, slow)",
      "before + c * (value - before), c = (E * (f - s) + s)^2, E = efficiency_ratio(n) (0 when nothing "
      "moved), f = 2 / (fast + 1), s = 2 / (slow + 1); starts from the value before the first E (TA-Lib)",
      {period(10, 1, "period", "bars of the efficiency ratio"),
       period(2, 1, "fast", "bars of the average in a straight move"),
       period(30, 2, "slow", "bars of the average in pure noise")},
      [](const FeatureArguments& arguments) -> std::string {
        return arguments.values[1] < arguments.values[2] ? "" : "the fast period must be below the slow one";
      },
      [](SeriesGraph& graph, Series series, const FeatureArguments& arguments) {
        return adaptive_average(graph, series, arguments.whole(0), arguments.whole(1), arguments.whole(2));
      }};
}

std::vector<AverageKind> average_kinds() {
  return {
      with_one_period("sma", "Simple moving average", "mean of the last n values", mean_of_prices),
      with_one_period("ema", "Exponential moving average",
                      "before + 2 / (n + 1) * (value - before); the first is the mean of the first n values",
                      exponential_average),
      with_one_period("wma", "Linearly weighted moving average",
                      "(n * last + (n - 1) * the one before + ... + 1 * first) / (n * (n + 1) / 2) over the "
                      "last n values",
                      weighted_average),
      with_one_period("dema", "Double exponential moving average (Mulloy), with less lag",
                      "2 * e1 - e2, e1 = ema(n), e2 = ema(n) of e1, each started with the mean of its first "
                      "n values",
                      double_exponential_average),
      with_one_period("tema", "Triple exponential moving average (Mulloy), with less lag still",
                      "3 * e1 - 3 * e2 + e3, e1 = ema(n), e2 = ema(n) of e1, e3 = ema(n) of e2, each "
                      "started with the mean of its first n values",
                      triple_exponential_average),
      adaptive_kind(),
      with_one_period("hma", "Hull's moving average: smooth with little lag",
                      "Hull's: wma(sqrt(n)) of 2 * wma(n / 2) - wma(n), both counts rounded down",
                      hull_average, 2)};
}

FeatureEntry average_entry(AverageKind kind) {
  return {.name = std::move(kind.name),
          .group = "trend",
          .meaning = kind.title + ".",
          .formula = std::move(kind.formula),
          .unit = "as its input",
          .range = "any",
          .scale = FeatureScale::kOfInput,
          .input = FeatureInput::kSeries,
          .parameters = std::move(kind.parameters),
          .problem = std::move(kind.problem),
          .build = [build = std::move(kind.build)](SeriesGraph& graph, const FeatureArguments& arguments) {
            return build(graph, series_or_close(graph, arguments), arguments);
          }};
}

FeatureEntry distance_entry(AverageKind kind) {
  return {.name = kind.name + "_distance",
          .group = "trend",
          .meaning = "How far the price stands above its " + kind.name + ".",
          .formula = "value / " + kind.call + " - 1; 0 when the average is 0",
          .unit = "share of the average",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = std::move(kind.parameters),
          .problem = std::move(kind.problem),
          .build = [build = std::move(kind.build)](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series series = series_or_close(graph, arguments);
            return relative_distance(graph, series, build(graph, series, arguments));
          }};
}

FeatureEntry wilder_entry() {
  AverageKind kind = with_one_period(
      "wilder_average", "Wilder's smoothing, a slow exponential average",
      "(before * (n - 1) + value) / n; the first is the mean of the first n values", wilder_average);
  kind.parameters = {period(14)};
  return average_entry(std::move(kind));
}

// An average that one period tells apart, with the usual periods of its ratio and slope.
struct SingleAverage {
  std::string name, title;
  PlainAverage average;
  double shortest, fast, slow, slope_bars;
};

Series usual_adaptive_average(SeriesGraph& graph, Series series, int bars) {
  return adaptive_average(graph, series, bars, 2, 30);
}

std::vector<SingleAverage> single_averages() {
  return {{"sma", "simple", mean_of_prices, 1, 10, 50, 50},
          {"ema", "exponential", exponential_average, 1, 12, 26, 20},
          {"wma", "linearly weighted", weighted_average, 1, 10, 50, 20},
          {"dema", "double exponential", double_exponential_average, 1, 12, 26, 20},
          {"tema", "triple exponential", triple_exponential_average, 1, 12, 26, 20},
          {"kama", "adaptive (fast 2, slow 30)", usual_adaptive_average, 1, 10, 30, 10},
          {"hma", "Hull's", hull_average, 2, 9, 49, 20}};
}

FeatureEntry ratio_entry(const SingleAverage& kind) {
  return {
      .name = kind.name + "_ratio",
      .group = "trend",
      .meaning = "How far a fast " + kind.title + " average stands above a slow one.",
      .formula = kind.name + "(fast) / " + kind.name + "(slow) - 1; 0 when the slow one is 0",
      .unit = "share of the slow average",
      .range = "any",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kSeries,
      .parameters = {period(kind.fast, kind.shortest, "fast"), period(kind.slow, kind.shortest + 1, "slow")},
      .problem = require_fast_below_slow,
      .build = [average = kind.average](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series series = series_or_close(graph, arguments);
        return relative_distance(graph, average(graph, series, arguments.whole(0)),
                                 average(graph, series, arguments.whole(1)));
      }};
}

FeatureEntry slope_entry(const SingleAverage& kind) {
  return {.name = kind.name + "_slope",
          .group = "trend",
          .meaning = "How steeply the " + kind.title + " average rises.",
          .formula = "log(" + kind.name + "(n) / " + kind.name +
                     "(n) k bars ago) / k; missing where one of the two is not above 0",
          .unit = "log return per bar",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(kind.slope_bars, kind.shortest),
                         period(5, 1, "change_bars", "bars that the slope is taken over")},
          .problem = {},
          .build = [average = kind.average](SeriesGraph& graph, const FeatureArguments& arguments) {
            return log_slope(graph, average(graph, series_or_close(graph, arguments), arguments.whole(0)),
                             arguments.whole(1));
          }};
}

}  // namespace

std::vector<FeatureEntry> moving_average_features() {
  std::vector<FeatureEntry> entries;
  for (AverageKind& kind : average_kinds()) entries.push_back(average_entry(std::move(kind)));
  entries.push_back(wilder_entry());
  for (AverageKind& kind : average_kinds()) entries.push_back(distance_entry(std::move(kind)));
  for (const SingleAverage& kind : single_averages()) entries.push_back(ratio_entry(kind));
  for (const SingleAverage& kind : single_averages()) entries.push_back(slope_entry(kind));
  return entries;
}

}  // namespace regimetry::features
