#include "features/catalogue/series/returns.hpp"

#include "features/catalogue/series/arithmetic.hpp"
#include "features/operators/lag.hpp"
#include "features/operators/previous_value.hpp"

namespace regimetry::features {

Series value_before(SeriesGraph& graph, Series series, int bars) {
  return graph.add<Lag>({series}, bars);
}

Series change_over(SeriesGraph& graph, Series series, int bars) {
  return difference(graph, series, value_before(graph, series, bars));
}

Series simple_return(SeriesGraph& graph, Series series, int bars) {
  return relative_distance(graph, series, where_positive(graph, value_before(graph, series, bars)));
}

Series percent_return(SeriesGraph& graph, Series series, int bars) {
  return scaled(graph, simple_return(graph, series, bars), 100);
}

Series log_return(SeriesGraph& graph, Series series, int bars) {
  return log_ratio(graph, series, value_before(graph, series, bars));
}

Series log_slope(SeriesGraph& graph, Series series, int bars) {
  return scaled(graph, log_return(graph, series, bars), 1.0 / bars);
}

Series previous_value(SeriesGraph& graph, Series series) {
  return graph.add<PreviousValue>({series});
}

Series change(SeriesGraph& graph, Series series) {
  return difference(graph, series, previous_value(graph, series));
}

Series overnight_gap(SeriesGraph& graph) {
  return log_ratio(graph, graph.open(), value_before(graph, graph.close(), 1));
}

Series intraday_return(SeriesGraph& graph) {
  return log_ratio(graph, graph.close(), graph.open());
}

Series log_bar_range(SeriesGraph& graph) {
  return log_ratio(graph, graph.high(), graph.low());
}

}  // namespace regimetry::features
