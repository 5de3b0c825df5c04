#include "features/catalogue/true_range_series.hpp"

#include "features/operators/exponential_average.hpp"
#include "features/operators/true_range.hpp"

namespace regimetry::features {

Series true_range(SeriesGraph& graph) {
  return graph.add<TrueRange>({graph.high(), graph.low(), graph.close()});
}

Series average_true_range(SeriesGraph& graph, int bars) {
  return graph.add<ExponentialAverage>({true_range(graph)}, bars, 1.0 / bars);
}

}  // namespace regimetry::features
