#include "features/row_block.hpp"

#include <algorithm>

#include "features/feature_value.hpp"

namespace regimetry::features {

void store_rows(std::span<const double* const> columns, std::int64_t count, float* rows) noexcept {
  // As many columns at a time as fill a cache line of the output, so that each line is written once.
  constexpr std::size_t kColumnsAtOnce = 16;
  for (std::size_t first = 0; first < columns.size(); first += kColumnsAtOnce) {
    const std::size_t width = std::min(kColumnsAtOnce, columns.size() - first);
    const double* const* const from = columns.data() + first;
    float* to = rows + first;
    for (std::int64_t row = 0; row < count; ++row, to += columns.size()) {
      for (std::size_t k = 0; k < width; ++k) to[k] = feature_value(from[k][row]);
    }
  }
}

}  // namespace regimetry::features
