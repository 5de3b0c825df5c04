// What returns look like beside their size: tails, jumps, memory.
#include <array>
#include <numbers>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volatility/volatility.hpp"
#include "features/operators/rolling_moments.hpp"
#include "features/operators/rolling_shape.hpp"

namespace regimetry::features {
namespace {

constexpr double kHalfPi = std::numbers::pi / 2;

FeatureEntry shape(std::string name, std::string meaning, std::string formula, std::string range, int output,
                   int shortest) {
  return {.name = std::move(name),
          .group = "volatility",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = "none",
          .range = std::move(range),
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(60, shortest)},
          .problem = {},
          .build = [output](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series ret = log_return(graph, series_or_close(graph, arguments), 1);
            return graph.add_all<RollingShape>({ret}, arguments.whole(0))[static_cast<std::size_t>(output)];
          }};
}

FeatureEntry jump_share() {
  return {.name = "jump_share",
          .group = "volatility",
          .meaning = "The share of variance that came in jumps rather than steadily.",
          .formula =
              "1 - B / V, limited to [0, 1]: V the sum of the last n r[t]^2, B = pi / 2 * n / (n - 1) * "
              "the sum of the n - 1 products |r[t]| * |r[t - 1]| among them (bipower variation, "
              "Barndorff-Nielsen and Shephard 2004), r the log returns; 0 when V is 0",
          .unit = "share of variance",
          .range = "[0, 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(22, 2)},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int bars = arguments.whole(0);
            const Series ret = log_return(graph, series_or_close(graph, arguments), 1);
            const Series products = size_of(graph, product(graph, ret, value_before(graph, ret, 1)));
            return graph.map(
                "1 - a times / b, within [0, 1], 0 when b is 0", total_of_last(graph, products, bars - 1),
                total_of_last(graph, square_of(graph, ret), bars),
                [](double bipower, double variance, double scale) {
                  return limited(1 - ratio_or(scale * bipower, variance, 1), 0, 1);
                },
                kHalfPi * bars / (bars - 1));
          }};
}

FeatureEntry autocorrelation() {
  return {.name = "autocorrelation",
          .group = "volatility",
          .meaning = "Whether returns repeat themselves (above 0) or turn around (below 0).",
          .formula =
              "Pearson correlation of r[t] and r[t - lag] over the last n pairs, r the log returns; 0 "
              "when either side is constant",
          .unit = "-1 to 1",
          .range = "[-1, 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(1, 1, "lag", "bars between the two returns"), period(60, 2, "window")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series now = log_return(graph, series_or_close(graph, arguments), 1);
            return correlation(graph, now, value_before(graph, now, arguments.whole(0)), arguments.whole(1));
          }};
}

// Lo and MacKinlay's estimator with overlapping sums, from moments of one-bar and q-bar returns.
Series variance_ratio_of(SeriesGraph& graph, Series series, int horizon, int window) {
  const int sums = window - horizon + 1;
  const double q = horizon, n = window;
  const double unbiased = sums / (q * sums * (1 - q / n)) * (n - 1) / n;
  const auto one_bar = graph.add_all<RollingMoments>({log_return(graph, series, 1)}, window);
  const auto many_bars = graph.add_all<RollingMoments>({log_return(graph, series, horizon)}, sums);
  return graph.map(
      "variance ratio", std::array{one_bar[0], one_bar[1], many_bars[0], many_bars[1]},
      [](double one_mean, double one_variance, double many_mean, double many_variance, double returns,
         double scale) {
        const double away = many_mean - returns * one_mean;
        return ratio_or(scale * (many_variance + away * away), one_variance, 1);
      },
      q, unbiased);
}

FeatureEntry variance_ratio() {
  return {.name = "variance_ratio",
          .group = "volatility",
          .meaning = "Whether moves add up (above 1, trends) or cancel (below 1, reversals).",
          .formula =
              "Lo and MacKinlay (1988), overlapping and unbiased: over n log returns r with mean m, "
              "[sum of (R - q * m)^2 over the n - q + 1 sums R of q returns / (q * (n - q + 1) * (1 - "
              "q / n))] / [sum of (r - m)^2 / (n - 1)]; 1 when all returns are equal",
          .unit = "ratio of variances",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(5, 2, "horizon", "bars of the longer return"),
                         period(60, 3, "window", "returns in the window")},
          .problem = [](const FeatureArguments& arguments) -> std::string {
            return arguments.values[0] < arguments.values[1] ? "" : "the horizon must be below the window";
          },
          .build =
              [](SeriesGraph& graph, const FeatureArguments& arguments) {
                return variance_ratio_of(graph, series_or_close(graph, arguments), arguments.whole(0),
                                         arguments.whole(1));
              }};
}

}  // namespace

std::vector<FeatureEntry> return_shape_features() {
  return {shape("skewness", "Which side of the returns has the longer tail.",
                "m3 / m2^1.5 of the last n log returns, m their central moments divided by n; 0 when all are "
                "equal",
                "any", 0, 3),
          shape("kurtosis", "How heavy the tails of the returns are, 0 for a normal distribution.",
                "m4 / m2^2 - 3 of the last n log returns, m their central moments divided by n; 0 when all "
                "are equal",
                ">= -2", 1, 4),
          jump_share(), autocorrelation(), variance_ratio()};
}

}  // namespace regimetry::features
