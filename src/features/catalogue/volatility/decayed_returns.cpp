// Exponentially weighted gain and risk, as statistical jump models read them (Shu, Yu and Mulvey 2024).
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volatility/volatility.hpp"
#include "features/operators/decayed_average.hpp"

namespace regimetry::features {
namespace {

// A Sortino ratio beyond this says only that there were hardly any losses.
constexpr double kSortinoLimit = 50;

FeatureParameter half_life() {
  return {.name = "half_life",
          .default_value = 20,
          .minimum = 1,
          .maximum = kLongestPeriod,
          .is_whole = false,
          .meaning = "bars after which a return counts half"};
}

Series decayed_return(SeriesGraph& graph, Series series, double half_life_bars) {
  return graph.add<DecayedAverage>({log_return(graph, series, 1)}, half_life_bars);
}

Series decayed_downside(SeriesGraph& graph, Series series, double half_life_bars) {
  const Series losses = square_of(graph, losses_of(graph, log_return(graph, series, 1)));
  return root_of(graph, graph.add<DecayedAverage>({losses}, half_life_bars));
}

Series decayed_sortino(SeriesGraph& graph, Series series, double half_life_bars) {
  return graph.map(
      "a / max(b, floor) within", decayed_return(graph, series, half_life_bars),
      decayed_downside(graph, series, half_life_bars),
      [](double gain, double risk, double floor, double limit) {
        return limited(gain / (risk < floor ? floor : risk), -limit, limit);
      },
      kVolatilityFloor, kSortinoLimit);
}

template <typename Build>
FeatureEntry decayed(std::string name, std::string meaning, std::string formula, std::string unit,
                     std::string range, Build build) {
  return {.name = std::move(name),
          .group = "volatility",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = std::move(unit),
          .range = std::move(range),
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {half_life()},
          .problem = {},
          .build = [build](SeriesGraph& graph, const FeatureArguments& arguments) {
            return build(graph, series_or_close(graph, arguments), arguments.number(0));
          }};
}

}  // namespace

std::vector<FeatureEntry> decayed_return_features() {
  return {decayed("ewm_return", "Exponentially weighted mean return.",
                  "sum of w * r / sum of w over all log returns r so far, w halving every h bars; from the "
                  "h-th return on, rounded up",
                  "log return per bar", "any", decayed_return),
          decayed("ewm_downside_deviation", "Exponentially weighted size of losses.",
                  "sqrt(sum of w * min(0, r)^2 / sum of w) over all log returns r so far, w halving every h "
                  "bars; from the h-th return on, rounded up",
                  "log return per bar, not annualised", ">= 0", decayed_downside),
          decayed("log_downside_deviation", "Logarithm of the exponentially weighted size of losses.",
                  "log(max(ewm_downside_deviation(h), 1e-6))", "log of log return per bar", ">= log(1e-6)",
                  [](SeriesGraph& graph, Series series, double half_life_bars) {
                    return log_of_volatility(graph, decayed_downside(graph, series, half_life_bars));
                  }),
          decayed("sortino", "Gain per unit of downside risk, exponentially weighted.",
                  "ewm_return(h) / max(ewm_downside_deviation(h), 1e-6), limited to [-50, 50]",
                  "ratio per bar, not annualised", "[-50, 50]", decayed_sortino)};
}

}  // namespace regimetry::features
