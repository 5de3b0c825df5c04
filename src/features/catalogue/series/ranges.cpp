#include "features/catalogue/series/ranges.hpp"

#include <array>

#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/averages.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/operators/rolling_extremes.hpp"
#include "features/operators/true_range.hpp"

namespace regimetry::features {

Series true_range(SeriesGraph& graph) {
  return graph.add<TrueRange>({graph.high(), graph.low(), graph.close()});
}

Series average_true_range(SeriesGraph& graph, int bars) {
  return wilder_average(graph, true_range(graph), bars);
}

Series bar_height(SeriesGraph& graph) {
  return difference(graph, graph.high(), graph.low());
}

Series highest(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingMaximum>({series}, bars);
}

Series lowest(SeriesGraph& graph, Series series, int bars) {
  return graph.add<RollingMinimum>({series}, bars);
}

Series highest_high(SeriesGraph& graph, int bars) {
  return highest(graph, graph.high(), bars);
}

Series lowest_low(SeriesGraph& graph, int bars) {
  return lowest(graph, graph.low(), bars);
}

Series position_in_range(SeriesGraph& graph, Series value, Series bottom, Series top) {
  return graph.map("position of a between b and c", std::array{value, bottom, top},
                   [](double now, double low, double high) {
                     return limited(ratio_or(now - low, high - low, 0.5), 0, 1);
                   });
}

Series close_in_range(SeriesGraph& graph, int bars) {
  return position_in_range(graph, graph.close(), lowest_low(graph, bars), highest_high(graph, bars));
}

}  // namespace regimetry::features
