#include "features/catalogue/series/prices.hpp"

#include <array>

#include "features/catalogue/series/arithmetic.hpp"

namespace regimetry::features {

Series median_price(SeriesGraph& graph) {
  return middle(graph, graph.high(), graph.low());
}

Series typical_price(SeriesGraph& graph) {
  return mean_of_three(graph, graph.high(), graph.low(), graph.close());
}

Series weighted_close(SeriesGraph& graph) {
  return graph.map("(a + b + 2 c) / 4", std::array{graph.high(), graph.low(), graph.close()},
                   [](double high, double low, double close) { return (high + low + 2 * close) / 4; });
}

}  // namespace regimetry::features
