// Volatility from closes alone.
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volatility/volatility.hpp"
#include "features/operators/exponential_average.hpp"

namespace regimetry::features {
namespace {

// A volatility of the log returns of one series.
template <typename Build>
FeatureEntry return_volatility(std::string name, std::string meaning, std::string formula,
                               FeatureParameter parameter, Build build) {
  return {.name = std::move(name),
          .group = "volatility",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = "log return per bar, not annualised",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {std::move(parameter)},
          .problem = {},
          .build = [build](SeriesGraph& graph, const FeatureArguments& arguments) {
            return build(graph, series_or_close(graph, arguments), arguments.number(0));
          }};
}

// RiskMetrics seeds nothing in its definition; a mean of this many squared returns is what one has by then.
constexpr int kSeedReturns = 20;

Series risk_metrics_volatility(SeriesGraph& graph, Series series, double decay) {
  const Series squares = square_of(graph, log_return(graph, series, 1));
  return root_of(graph, graph.add<ExponentialAverage>({squares}, kSeedReturns, 1 - decay));
}

FeatureParameter decay_factor() {
  return {.name = "decay",
          .default_value = 0.94,
          .minimum = 0.5,
          .maximum = 0.9999,
          .is_whole = false,
          .meaning = "weight of the variance before, from bar to bar"};
}

FeatureEntry semivariance() {
  FeatureEntry entry =
      return_volatility("semivariance", "Variance made by falling prices.",
                        "mean of the last n min(0, r[t])^2, r[t] = log(x[t] / x[t - 1])", period(20),
                        [](SeriesGraph& graph, Series series, double bars) {
                          const Series losses = losses_of(graph, log_return(graph, series, 1));
                          return mean_of_last(graph, square_of(graph, losses), static_cast<int>(bars));
                        });
  entry.unit = "squared log return per bar, not annualised";
  return entry;
}

}  // namespace

std::vector<FeatureEntry> close_volatility_features() {
  return {
      return_volatility(
          "close_volatility", "Deviation of log returns, close to close.",
          "sample deviation (divided by n - 1) of the last n r[t] = log(x[t] / x[t - 1])", period(20, 2),
          [](SeriesGraph& graph, Series series, double bars) {
            return sample_deviation(graph, log_return(graph, series, 1), static_cast<int>(bars));
          }),
      return_volatility("realised_volatility", "Size of log returns, no mean taken off.",
                        "sqrt(mean of the last n r[t]^2), r[t] = log(x[t] / x[t - 1])", period(20),
                        [](SeriesGraph& graph, Series series, double bars) {
                          return realised_volatility(graph, series, static_cast<int>(bars));
                        }),
      return_volatility("ewma_volatility", "Exponentially weighted volatility as in RiskMetrics.",
                        "sqrt(v), v = decay * v before + (1 - decay) * r[t]^2, r[t] = log(x[t] / x[t - 1]); "
                        "v starts as the mean of the first 20 r^2",
                        decay_factor(), risk_metrics_volatility),
      semivariance(),
      return_volatility("semideviation", "Size of losses: volatility made by falling prices.",
                        "sqrt(semivariance(n)): sqrt(mean of the last n min(0, r[t])^2), r[t] = log(x[t] / "
                        "x[t - 1])",
                        period(20),
                        [](SeriesGraph& graph, Series series, double bars) {
                          const Series losses = losses_of(graph, log_return(graph, series, 1));
                          return root_mean_square(graph, losses, static_cast<int>(bars));
                        }),
      return_volatility("upside_deviation", "Size of gains: volatility made by rising prices.",
                        "sqrt(mean of the last n max(0, r[t])^2), r[t] = log(x[t] / x[t - 1])", period(20),
                        [](SeriesGraph& graph, Series series, double bars) {
                          const Series gains = gains_of(graph, log_return(graph, series, 1));
                          return root_mean_square(graph, gains, static_cast<int>(bars));
                        })};
}

}  // namespace regimetry::features
