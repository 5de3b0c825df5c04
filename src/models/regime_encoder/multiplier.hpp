// Products with packed weights, in the precision the weights were packed in.
#pragma once

#include <cstdint>

#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/packed_matrix.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::models {

// Keeps the memory for rounded left sides, so one per thread.
class Multiplier {
 public:
  explicit Multiplier(const nn::RowKernels& kernels) : kernels_(kernels) {}

  // c[m, b.columns()] = a[m, b.k()] b. When b is rounded and its k odd, a is read one column further, which
  // must hold zeros.
  void multiply(const float* a, std::int64_t a_stride, std::int64_t m, const nn::PackedMatrix& b, float* c,
                std::int64_t c_stride, const nn::Epilogue& epilogue = {}) {
    if (!b.is_rounded()) {
      kernels_.multiply(a, a_stride, m, b.view(), c, c_stride, epilogue);
      return;
    }
    const std::int64_t pairs = b.pair_view().k_pairs;
    if (static_cast<std::int64_t>(pairs_.size()) < m * pairs)
      pairs_.resize(static_cast<std::size_t>(m * pairs));
    for (std::int64_t row = 0; row < m; ++row)
      kernels_.round_to_pairs(a + row * a_stride, 2 * pairs, pairs_.data() + row * pairs);
    kernels_.multiply_pairs(pairs_.data(), pairs, m, b.pair_view(), c, c_stride, epilogue);
  }

 private:
  const nn::RowKernels& kernels_;
  nn::AlignedVector<std::uint32_t> pairs_;
};

}  // namespace regimetry::models
