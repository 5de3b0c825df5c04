#include "nn/kernels/packed_matrix.hpp"

#include <algorithm>
#include <cassert>

namespace regimetry::nn {

PackedMatrix::PackedMatrix(std::span<const float> values, std::int64_t k, std::int64_t n, bool is_rounded,
                           const RowKernels& kernels)
    : k_(k), columns_(padded(n)), panel_columns_(kernels.panel_columns), is_rounded_(is_rounded) {
  assert(static_cast<std::int64_t>(values.size()) == k * n);
  // With rounding, a row here is a pair of rows of `values`.
  const std::int64_t rows = is_rounded ? pair_count(k) : k;
  const auto size = static_cast<std::size_t>(rows * columns_);
  if (is_rounded) {
    pairs_.resize(size);
  } else {
    values_.resize(size);
  }
  const auto value_at = [&](std::int64_t row, std::int64_t column) {
    return row < k && column < n ? values[static_cast<std::size_t>(row * n + column)] : 0.0F;
  };
  std::size_t at = 0;
  for (std::int64_t panel = 0; panel < columns_; panel += panel_columns_) {
    const std::int64_t end = std::min(panel + panel_columns_, columns_);
    for (std::int64_t row = 0; row < rows; ++row) {
      for (std::int64_t column = panel; column < end; ++column, ++at) {
        if (is_rounded) {
          const float pair[2] = {value_at(2 * row, column), value_at(2 * row + 1, column)};
          kernels.round_to_pairs(pair, 2, &pairs_[at]);
        } else {
          values_[at] = value_at(row, column);
        }
      }
    }
  }
}

}  // namespace regimetry::nn
