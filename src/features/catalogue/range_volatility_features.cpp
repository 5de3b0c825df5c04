// Volatility from open, high, low and close: the same precision from fewer bars than closes alone.
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "features/catalogue/formula_parts.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/return_series.hpp"
#include "features/catalogue/true_range_series.hpp"
#include "features/catalogue/volatility_groups.hpp"
#include "features/catalogue/volatility_series.hpp"
#include "features/operators/rolling_moments.hpp"

namespace regimetry::features {
namespace {

constexpr double kLn2 = 0x1.62e42fefa39efp-1;

template <typename Build>
FeatureEntry range_volatility(std::string name, std::string meaning, std::string formula, int shortest,
                              Build build) {
  return {.name = std::move(name),
          .group = "volatility",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = "log return per bar, not annualised",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {period(20, shortest)},
          .problem = {},
          .build = [build](SeriesGraph& graph, const FeatureArguments& arguments) {
            return build(graph, arguments.whole(0));
          }};
}

Series parkinson(SeriesGraph& graph, int bars) {
  const Series mean = mean_of_last(graph, square_of(graph, log_bar_range(graph)), bars);
  return graph.map("sqrt(x / (4 ln 2))", mean, [](double x) { return std::sqrt(x * (0.25 / kLn2)); });
}

Series garman_klass(SeriesGraph& graph, int bars) {
  const Series variance = graph.map(
      "garman klass", log_bar_range(graph), intraday_return(graph), [](double high_low, double close_open) {
        return 0.5 * high_low * high_low - (2 * kLn2 - 1) * close_open * close_open;
      });
  return root_of(graph, mean_of_last(graph, variance, bars));
}

Series rogers_satchell(SeriesGraph& graph, int bars) {
  return root_of(graph, mean_of_last(graph, rogers_satchell_variance(graph), bars));
}

Series yang_zhang(SeriesGraph& graph, int bars) {
  const double n = bars;
  const double k = 0.34 / (1.34 + (n + 1) / (n - 1));
  const double sample = n / (n - 1);  // the moments divide by n
  return graph.map(fmt::format("yang zhang {}", bars),
                   std::array{graph.add_all<RollingMoments>({overnight_gap(graph)}, bars)[1],
                              graph.add_all<RollingMoments>({intraday_return(graph)}, bars)[1],
                              mean_of_last(graph, rogers_satchell_variance(graph), bars)},
                   [k, sample](double overnight, double intraday, double range) {
                     return std::sqrt(sample * (overnight + k * intraday) + (1 - k) * range);
                   });
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
            return graph.map("a / b, missing unless b is above 0",
                             average_true_range(graph, arguments.whole(0)), graph.close(),
                             [](double a, double b) { return b > 0 ? a / b : kMissing; });
          }};
}

}  // namespace

std::vector<FeatureEntry> range_volatility_features() {
  return {
      range_volatility("parkinson_volatility", "Volatility from high and low.",
                       "Parkinson (1980): sqrt(mean of the last n log(high / low)^2 / (4 ln 2))", 1,
                       parkinson),
      range_volatility("garman_klass_volatility", "Volatility from all four prices, blind to drift.",
                       "Garman and Klass (1980): sqrt(mean of the last n 0.5 * log(high / low)^2 - "
                       "(2 ln 2 - 1) * log(close / open)^2)",
                       1, garman_klass),
      range_volatility("rogers_satchell_volatility", "Volatility from all four prices, right under drift.",
                       "Rogers and Satchell (1991): sqrt(mean of the last n log(high / close) * log(high / "
                       "open) + log(low / close) * log(low / open))",
                       1, rogers_satchell),
      range_volatility("yang_zhang_volatility",
                       "Volatility from all four prices, right under drift and gaps.",
                       "Yang and Zhang (2000): sqrt(Vo + k * Vc + (1 - k) * Vrs) with sample variances Vo of "
                       "log(open / close before) and Vc of log(close / open) and the mean Rogers-Satchell "
                       "variance Vrs over n bars, k = 0.34 / (1.34 + (n + 1) / (n - 1))",
                       2, yang_zhang),
      average_true_range_entry(),
      average_true_range_ratio()};
}

}  // namespace regimetry::features
