#include "features/catalogue/return_series.hpp"

#include "features/catalogue/formula_parts.hpp"
#include "features/operators/lag.hpp"

namespace regimetry::features {
namespace {

Series log_ratio(SeriesGraph& graph, Series a, Series b) {
  return graph.map("log(a / b), else missing", a, b,
                   [](double x, double y) { return log_ratio_or_missing(x, y); });
}

}  // namespace

Series log_return(SeriesGraph& graph, Series series, int bars) {
  return log_ratio(graph, series, graph.add<Lag>({series}, bars));
}

Series overnight_gap(SeriesGraph& graph) {
  return log_ratio(graph, graph.open(), graph.add<Lag>({graph.close()}, 1));
}

Series intraday_return(SeriesGraph& graph) {
  return log_ratio(graph, graph.close(), graph.open());
}

Series log_bar_range(SeriesGraph& graph) {
  return log_ratio(graph, graph.high(), graph.low());
}

}  // namespace regimetry::features
