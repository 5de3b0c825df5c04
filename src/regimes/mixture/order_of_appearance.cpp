#include "regimes/mixture/order_of_appearance.hpp"

#include <algorithm>

namespace regimetry::regimes {

std::vector<int> order_of_appearance(std::span<const std::int32_t> labels) {
  std::vector<int> order;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    if (row > 0 && labels[row] == labels[row - 1]) continue;
    if (std::find(order.begin(), order.end(), labels[row]) == order.end()) order.push_back(labels[row]);
  }
  return order;
}

}  // namespace regimetry::regimes
