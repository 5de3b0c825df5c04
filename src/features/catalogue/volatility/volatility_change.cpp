// How volatility itself moves: its own volatility, its trend, its rank, and the terms of HAR models.
#include "core/portable_kernels.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"
#include "features/catalogue/volatility/volatility.hpp"
#include "features/operators/rolling_rank.hpp"

namespace regimetry::features {
namespace {

FeatureEntry volatility_of_volatility() {
  return {.name = "volatility_of_volatility",
          .group = "volatility",
          .meaning = "How unsteady volatility is.",
          .formula =
              "sample deviation (divided by m - 1) of the last m log(max(s, 1e-6)), s the realised "
              "volatility of n bars",
          .unit = "log volatility",
          .range = ">= 0",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(20), period(20, 2, "window", "volatilities that are compared")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series volatility =
                realised_volatility(graph, series_or_close(graph, arguments), arguments.whole(0));
            return sample_deviation(graph, log_of_volatility(graph, volatility), arguments.whole(1));
          }};
}

FeatureEntry volatility_ratio() {
  return {.name = "volatility_ratio",
          .group = "volatility",
          .meaning = "Whether volatility rises or falls: the short-run against the long-run one.",
          .formula = "log(max(s(fast), 1e-6) / max(s(slow), 1e-6)), s(n) the realised volatility of n bars",
          .unit = "log ratio",
          .range = "any",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(5, 1, "fast"), period(63, 2, "slow")},
          .problem = require_fast_below_slow,
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const Series series = series_or_close(graph, arguments);
            return graph.map(
                "log(max(a, floor) / max(b, floor))", realised_volatility(graph, series, arguments.whole(0)),
                realised_volatility(graph, series, arguments.whole(1)),
                [](double fast, double slow, double floor) {
                  return regimetry::detail::log_ratio_kernel(fast < floor ? floor : fast,
                                                             slow < floor ? floor : slow);
                },
                kVolatilityFloor);
          }};
}

FeatureEntry volatility_rank() {
  return {.name = "volatility_rank",
          .group = "volatility",
          .meaning = "Whether volatility is high or low for its own past.",
          .formula =
              "share of the m - 1 values of the realised volatility of n bars before the present one that "
              "lie below it, equal ones counted half",
          .unit = "share of the window",
          .range = "[0, 1]",
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kSeries,
          .parameters = {period(20), period(252, 2, "window", "volatilities that are compared")},
          .problem = {},
          .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
            const int others = arguments.whole(1) - 1;
            const auto [below, equal] = graph.add_all<RollingRank>(
                {realised_volatility(graph, series_or_close(graph, arguments), arguments.whole(0))}, others);
            return divided_by(graph, sum(graph, below, scaled(graph, equal, 0.5)), others);
          }};
}

FeatureEntry log_realised_volatility() {
  return {
      .name = "log_realised_volatility",
      .group = "volatility",
      .meaning = "Log volatility from all four prices, gaps included: the term of HAR models (Corsi 2009).",
      .formula =
          "log(max(s, 1e-6)), s^2 the mean over n bars of log(open / close before)^2 + the bar's "
          "Rogers-Satchell variance",
      .unit = "log of log return per bar",
      .range = ">= log(1e-6)",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kBars,
      .parameters = {period(22)},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series variance =
            sum(graph, square_of(graph, overnight_gap(graph)), rogers_satchell_variance(graph));
        return log_of_volatility(graph, root_of(graph, mean_of_last(graph, variance, arguments.whole(0))));
      }};
}

}  // namespace

std::vector<FeatureEntry> volatility_change_features() {
  return {volatility_of_volatility(), volatility_ratio(), volatility_rank(), log_realised_volatility()};
}

}  // namespace regimetry::features
