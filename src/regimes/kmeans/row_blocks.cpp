#include "regimes/kmeans/row_blocks.hpp"

#include <algorithm>

namespace regimetry::regimes {

RowBlocks::RowBlocks(const Eigen::Ref<const MatrixF>& values)
    : row_count_(values.rows()), width_(values.cols()) {
  values_.assign(static_cast<std::size_t>(block_count() * width_ * kRows), 0.0F);
  for (std::int64_t row = 0; row < row_count_; ++row) {
    float* const block = values_.data() + row / kRows * width_ * kRows + row % kRows;
    for (std::int64_t column = 0; column < width_; ++column) block[column * kRows] = values(row, column);
  }
}

std::int64_t RowBlocks::rows_in(std::int64_t block) const noexcept {
  return std::min(kRows, row_count_ - block * kRows);
}

void RowBlocks::squared_distances(std::int64_t block, std::span<const double> point,
                                  std::span<double, kRows> out) const noexcept {
  const float* values = values_.data() + block * width_ * kRows;
  double sums[kRows] = {};
  for (std::int64_t column = 0; column < width_; ++column, values += kRows) {
    const double at = point[static_cast<std::size_t>(column)];
    for (std::int64_t i = 0; i < kRows; ++i) {
      const double difference = static_cast<double>(values[i]) - at;
      sums[i] += difference * difference;
    }
  }
  std::copy(sums, sums + kRows, out.begin());
}

}  // namespace regimetry::regimes
