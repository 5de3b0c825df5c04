// How straight and how steep the path of the price is: regression, Hurst exponent, efficiency.
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "core/portable_kernels.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/trend/trend.hpp"
#include "features/operators/rolling_regression.hpp"

namespace regimetry::features {
namespace {

// The line of least squares through the logarithms of the last closes; missing while one of them has none.
struct TrendLine {
  Series slope, spread, residual;
};

TrendLine trend_line(SeriesGraph& graph, int bars) {
  const auto [slope, spread, residual] = graph.add_all<RollingRegression>(
      {where_positive(graph, graph.close()), log_return(graph, graph.close(), 1)}, bars);
  return {slope, spread, residual};
}

FeatureEntry line_entry(std::string name, std::string meaning, std::string formula, double bars,
                        double shortest) {
  return {.name = std::move(name),
          .group = "trend",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = "log return",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(bars, shortest)},
          .problem = {},
          .build = {}};
}

FeatureEntry regression_slope() {
  FeatureEntry entry =
      line_entry("regression_slope", "Slope of the straight line through the logarithms of the last closes.",
                 "least squares of log(close) on the bar number over the last n bars", 20, 2);
  entry.unit = "log return per bar";
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    return trend_line(graph, arguments.whole(0)).slope;
  };
  return entry;
}

FeatureEntry regression_r2() {
  FeatureEntry entry =
      line_entry("regression_r2", "How much of the movement the straight line explains.",
                 "R squared of the least squares of log(close) on the bar number over the last n bars; 0 "
                 "when nothing moved",
                 20, 3);
  entry.unit = "share of the variance";
  entry.range = "[0, 1]";
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    const int bars = arguments.whole(0);
    const double time_squares = RollingRegression::sum_of_time_squares(bars);
    const TrendLine line = trend_line(graph, bars);
    return graph.map(
        "a^2 times, / b, within 1", line.slope, line.spread,
        [](double slope, double spread, double squares) {
          return limited(ratio_or(slope * slope * squares, spread, 0), 0, 1);
        },
        time_squares);
  };
  return entry;
}

FeatureEntry regression_residual() {
  FeatureEntry entry = line_entry(
      "regression_residual", "How far the last close stands above the straight line through the last closes.",
      "log(close) - its fitted value, least squares of log(close) on the bar number over the last n bars", 20,
      2);
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    return trend_line(graph, arguments.whole(0)).residual;
  };
  return entry;
}

FeatureEntry trend_strength() {
  FeatureEntry entry = line_entry(
      "trend_strength", "How sure the direction of the trend is: the t statistic of the regression slope.",
      "slope / its standard error (n - 2 degrees of freedom), least squares of log(close) on the bar number "
      "over the last n bars, limited to [-50, 50]; 0 when nothing moved",
      63, 3);
  entry.unit = "standard errors";
  entry.range = "[-50, 50]";
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    const int bars = arguments.whole(0);
    const double time_squares = RollingRegression::sum_of_time_squares(bars);
    const TrendLine line = trend_line(graph, bars);
    return graph.map(
        "t statistic", line.slope, line.spread,
        [](double slope, double spread, double squares, double freedom) {
          const double explained = slope * slope * squares;
          // An exact fit leaves nothing or, by rounding, less than nothing: the limit either way.
          const double error = std::sqrt(positive_part(spread - explained));
          const double t = slope * std::sqrt(squares * freedom) / error;
          return spread == 0 ? 0.0 * slope : limited(t, -50, 50);
        },
        time_squares, bars - 2);
  };
  return entry;
}

Series variance_of_changes(SeriesGraph& graph, int change_bars, int window) {
  const Series change = log_return(graph, graph.close(), change_bars);
  return variance_of_last(graph, change, window - change_bars);
}

FeatureEntry hurst() {
  FeatureEntry entry = line_entry(
      "hurst", "Hurst exponent: above 0.5 where moves go on, below where they turn back.",
      "least-squares slope of log(D_k) on log(k), k = 1, 2, 4, 8, 16, D_k the population deviation of "
      "log(close / close k bars ago) within the last n closes, limited to [0, 1]; 0.5 when one of the "
      "deviations is 0",
      128, 32);
  entry.unit = "exponent";
  entry.range = "[0, 1]";
  entry.build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
    const int bars = arguments.whole(0);
    // log2(k) = 0, 1, 2, 3, 4 lie evenly: the slope weighs log(D_k) by -2, -1, 0, 1, 2 over 10. The middle
    // one has no say, and D_k is the root of a variance.
    const auto slope = [](double v1, double v2, double v8, double v16) {
      const double by_two_octaves = regimetry::detail::log_ratio_kernel(v8, v2);
      const double by_four_octaves = regimetry::detail::log_ratio_kernel(v16, v1);
      const double exponent =
          limited((by_two_octaves + 2 * by_four_octaves) / (20 * std::numbers::ln2), 0, 1);
      const bool is_still = (v1 == 0) | (v2 == 0) | (v8 == 0) | (v16 == 0);
      return is_still ? 0.5 + 0.0 * (v1 + v2 + v8 + v16) : exponent;
    };
    return graph.map("hurst",
                     std::array{variance_of_changes(graph, 1, bars), variance_of_changes(graph, 2, bars),
                                variance_of_changes(graph, 8, bars), variance_of_changes(graph, 16, bars)},
                     slope);
  };
  return entry;
}

FeatureEntry efficiency_ratio_entry() {
  return {.name = "efficiency_ratio",
          .group = "trend",
          .meaning = "Kaufman's efficiency ratio: how direct the way of the price was.",
          .formula =
              "|value - value n bars ago| / sum of |value - value before| over the last n bars; 0 when "
              "nothing moved",
          .unit = "share of the movement",
          .range = "[0, 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(10)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            return efficiency_ratio(graph, series_or_close(graph, arguments), arguments.whole(0));
          }};
}

}  // namespace

std::vector<FeatureEntry> trend_line_features() {
  return {regression_slope(), regression_r2(), regression_residual(),
          trend_strength(),   hurst(),         efficiency_ratio_entry()};
}

}  // namespace regimetry::features
