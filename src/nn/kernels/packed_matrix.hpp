// A constant right-hand side of products, laid out once for the kernels: weights, folded weights.
#pragma once

#include <cstdint>
#include <span>

#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::nn {

// Pairs of k in a rounded matrix: whole steps of the matrix tiles, zeros beyond k.
[[nodiscard]] constexpr std::int64_t pair_count(std::int64_t k) noexcept {
  return (k + 31) / 32 * 16;
}

class PackedMatrix {
 public:
  PackedMatrix() = default;
  // From `values` [k, n]. With `is_rounded` in bfloat16; products then take their left side in pairs too.
  // Columns are padded with zeros.
  PackedMatrix(std::span<const float> values, std::int64_t k, std::int64_t n, bool is_rounded,
               const RowKernels& kernels);

  [[nodiscard]] std::int64_t k() const noexcept { return k_; }
  [[nodiscard]] std::int64_t columns() const noexcept { return columns_; }  // padded
  [[nodiscard]] bool is_rounded() const noexcept { return is_rounded_; }
  // Which of the two depends on is_rounded().
  [[nodiscard]] PanelView view() const noexcept { return {values_.data(), k_, columns_, panel_columns_}; }
  [[nodiscard]] PairPanelView pair_view() const noexcept {
    return {pairs_.data(), pair_count(k_), columns_, panel_columns_};
  }

 private:
  std::int64_t k_ = 0, columns_ = 0, panel_columns_ = 0;
  bool is_rounded_ = false;
  AlignedVector<float> values_;
  AlignedVector<std::uint32_t> pairs_;
};

}  // namespace regimetry::nn
