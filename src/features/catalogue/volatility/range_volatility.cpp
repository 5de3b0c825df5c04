// Volatility from open, high, low and close: the same precision from fewer bars than closes alone.
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volatility/volatility.hpp"

namespace regimetry::features {
namespace {

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
  return root_of(graph, scaled(graph, mean, 0.25 / std::numbers::ln2));
}

Series garman_klass(SeriesGraph& graph, int bars) {
  const Series variance = graph.map(
      "garman klass", log_bar_range(graph), intraday_return(graph), [](double high_low, double close_open) {
        return 0.5 * high_low * high_low - (2 * std::numbers::ln2 - 1) * close_open * close_open;
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
  return graph.map(
      "yang zhang",
      std::array{variance_of_last(graph, overnight_gap(graph), bars),
                 variance_of_last(graph, intraday_return(graph), bars),
                 mean_of_last(graph, rogers_satchell_variance(graph), bars)},
      [](double overnight, double intraday, double range, double share, double to_sample) {
        return std::sqrt(to_sample * (overnight + share * intraday) + (1 - share) * range);
      },
      k, sample);
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
                       2, yang_zhang)};
}

}  // namespace regimetry::features
