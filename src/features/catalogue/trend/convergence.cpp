// How averages of the price draw together and apart: MACD and TRIX.
#include <array>
#include <string>
#include <utility>

#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/trend/trend.hpp"
#include "features/operators/repeated_average.hpp"

namespace regimetry::features {
namespace {

Series macd_line(SeriesGraph& graph, Series series, const FeatureArguments& arguments) {
  return difference(graph, exponential_average(graph, series, arguments.whole(0)),
                    exponential_average(graph, series, arguments.whole(1)));
}

// {signal, histogram}
std::array<Series, 2> macd_pair(SeriesGraph& graph, Series series, const FeatureArguments& arguments) {
  return graph.add_all<ConvergenceSignal>({series}, arguments.whole(0), arguments.whole(1),
                                          arguments.whole(2));
}

Series macd_signal(SeriesGraph& graph, Series series, const FeatureArguments& arguments) {
  return macd_pair(graph, series, arguments)[0];
}

Series macd_histogram(SeriesGraph& graph, Series series, const FeatureArguments& arguments) {
  return macd_pair(graph, series, arguments)[1];
}

struct MacdKind {
  std::string name, meaning, formula;
  bool has_signal;
  Series (*build)(SeriesGraph&, Series, const FeatureArguments&);
};

std::vector<MacdKind> macd_kinds() {
  return {{"macd_line", "MACD line (Appel): a fast exponential average less a slow one",
           "ema(fast) - ema(slow), each started with the mean of its own first bars (TA-Lib starts the fast "
           "one with "
           "the last `fast` of the first `slow` bars)",
           false, macd_line},
          {"macd_signal", "MACD signal: the smoothed MACD line", "ema(signal) of macd_line(fast, slow)", true,
           macd_signal},
          {"macd_histogram", "MACD histogram: the MACD line above its signal",
           "macd_line(fast, slow) - macd_signal(fast, slow, signal)", true, macd_histogram}};
}

FeatureEntry macd_entry(MacdKind kind) {
  std::vector<FeatureParameter> parameters{period(12, 1, "fast"), period(26, 2, "slow")};
  if (kind.has_signal) parameters.push_back(period(9, 1, "signal", "bars of the signal's average"));
  return {.name = std::move(kind.name),
          .group = "trend",
          .meaning = kind.meaning + ".",
          .formula = std::move(kind.formula),
          .unit = "as its input",
          .range = "any",
          .scale = FeatureScale::kOfInput,
          .input = FeatureInput::kSeries,
          .parameters = std::move(parameters),
          .problem = require_fast_below_slow,
          .build = [build = kind.build](SeriesGraph& graph, const FeatureArguments& arguments) {
            return build(graph, series_or_close(graph, arguments), arguments);
          }};
}

FeatureEntry macd_ratio_entry(const MacdKind& kind) {
  FeatureEntry entry = macd_entry(kind);
  entry.name += "_ratio";
  entry.meaning = kind.meaning + ", as a share of the price.";
  entry.formula = kind.name + " / value; 0 when the value is 0";
  entry.unit = "share of price";
  entry.scale = FeatureScale::kStationary;
  entry.build = [build = kind.build](SeriesGraph& graph, const FeatureArguments& arguments) {
    const Series series = series_or_close(graph, arguments);
    return ratio(graph, build(graph, series, arguments), series, 0);
  };
  return entry;
}

FeatureEntry trix() {
  return {
      .name = "trix",
      .group = "trend",
      .meaning = "TRIX (Hutson): the change of a thrice smoothed price.",
      .formula =
          "100 * (e3 / e3 one bar ago - 1), e3 = ema(n) of ema(n) of ema(n), each started with the mean of "
          "its first n values; missing unless the earlier one is above 0",
      .unit = "percent per bar",
      .range = "any",
      .scale = FeatureScale::kStationary,
      .input = FeatureInput::kSeries,
      .parameters = {period(15)},
      .problem = {},
      .build = [](SeriesGraph& graph, const FeatureArguments& arguments) {
        const Series smooth = thrice_smoothed(graph, series_or_close(graph, arguments), arguments.whole(0));
        return percent_return(graph, smooth, 1);
      }};
}

}  // namespace

std::vector<FeatureEntry> convergence_features() {
  std::vector<FeatureEntry> entries;
  for (MacdKind& kind : macd_kinds()) entries.push_back(macd_entry(std::move(kind)));
  for (const MacdKind& kind : macd_kinds()) entries.push_back(macd_ratio_entry(kind));
  entries.push_back(trix());
  return entries;
}

}  // namespace regimetry::features
