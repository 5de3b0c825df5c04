// Products with packed weights, in the precision the weights were packed in.
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/packed_matrix.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::models {

// Keeps the memory for rounded left sides, so one per thread.
class Multiplier {
 public:
  explicit Multiplier(const nn::RowKernels& kernels) : kernels_(kernels) {}

  // c[m, b.columns()] = a[m, b.k()] b. When b is rounded, a is read in blocks of 16 columns; what stands
  // beyond k must be finite.
  void multiply(const float* a, std::int64_t a_stride, std::int64_t m, const nn::PackedMatrix& b, float* c,
                std::int64_t c_stride, const nn::Epilogue& epilogue = {}) {
    if (b.is_rounded()) {
      round_rows(a, a_stride, m, b.k());
      kernels_.multiply_pairs(pairs_.data(), nn::pair_count(b.k()), m, b.pair_view(), c, c_stride, epilogue);
    } else {
      kernels_.multiply(a, a_stride, m, b.view(), c, c_stride, epilogue);
    }
  }

 private:
  void round_rows(const float* a, std::int64_t a_stride, std::int64_t m, std::int64_t k) {
    const std::int64_t stride = nn::pair_count(k), filled = nn::padded(k) / 2;
    if (static_cast<std::int64_t>(pairs_.size()) < m * stride)
      pairs_.resize(static_cast<std::size_t>(m * stride));
    for (std::int64_t row = 0; row < m; ++row) {
      std::uint32_t* const out = pairs_.data() + row * stride;
      kernels_.round_to_pairs(a + row * a_stride, 2 * filled, out);
      std::fill(out + filled, out + stride, 0U);
    }
  }

  const nn::RowKernels& kernels_;
  nn::AlignedVector<std::uint32_t> pairs_;
};

}  // namespace regimetry::models
