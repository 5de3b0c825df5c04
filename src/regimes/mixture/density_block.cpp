#include "regimes/mixture/density_block.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "regimes/mixture/row_columns.hpp"

namespace regimetry::regimes {

double subtract_greatest(std::span<double> logs, std::int64_t row_count, int component_count) noexcept {
  assert(row_count <= RowColumns::kBlock);
  std::array<double, RowColumns::kBlock> greatest;
  std::copy_n(logs.begin(), row_count, greatest.begin());
  for (int k = 1; k < component_count; ++k) {
    const double* mine = logs.data() + k * row_count;
    for (std::int64_t row = 0; row < row_count; ++row) {
      double& best = greatest[static_cast<std::size_t>(row)];
      best = mine[row] > best ? mine[row] : best;
    }
  }
  for (int k = 0; k < component_count; ++k) {
    double* mine = logs.data() + k * row_count;
    for (std::int64_t row = 0; row < row_count; ++row) mine[row] -= greatest[static_cast<std::size_t>(row)];
  }
  double sum = 0;
  for (std::int64_t row = 0; row < row_count; ++row) sum += greatest[static_cast<std::size_t>(row)];
  return sum;
}

void write_by_row(std::span<const double> values, std::int64_t row_count, int component_count,
                  double* out) noexcept {
  for (int k = 0; k < component_count; ++k) {
    const double* mine = values.data() + k * row_count;
    for (std::int64_t row = 0; row < row_count; ++row) out[row * component_count + k] = mine[row];
  }
}

}  // namespace regimetry::regimes
