// The rows of a fit, column by column in double: the layout in which densities and moments of many rows are
// computed at once.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

class RowColumns {
 public:
  // Rows that densities and moments handle together; buffers of this size stay in the nearest cache.
  static constexpr std::int64_t kBlock = 256;

  // Copies `values` [N, D].
  explicit RowColumns(const Eigen::Ref<const MatrixF>& values);

  [[nodiscard]] std::int64_t row_count() const noexcept { return row_count_; }
  [[nodiscard]] std::int64_t width() const noexcept { return width_; }
  // Column `column` from `row` on.
  [[nodiscard]] const double* at(std::int64_t row, std::int64_t column) const noexcept {
    return values_.data() + column * row_count_ + row;
  }
  [[nodiscard]] bool is_constant(std::int64_t column) const noexcept {
    return is_constant_[static_cast<std::size_t>(column)];
  }
  // Of each column [D] over all rows, divided by N; 1 for a constant column, which tells regimes apart in no
  // unit.
  [[nodiscard]] const std::vector<double>& variances() const noexcept { return variances_; }

 private:
  std::int64_t row_count_ = 0, width_ = 0;
  std::vector<double> values_;     // [D, N]
  std::vector<double> variances_;  // [D]
  std::vector<bool> is_constant_;  // [D]
};

}  // namespace regimetry::regimes
