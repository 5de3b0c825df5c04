// Matrix products by oneDNN on the calling thread, c = activation(a b + bias).
//
// Why one thread each: who wants more cuts the work by its shape (fixed_chunks.hpp), so that results do not
// depend on the number of threads, which no library promises for a product it cuts itself. Primitives are
// made once per shape and thread and kept.
//
// Without oneDNN at build time has_onednn() is false and nothing else here may be called.
#pragma once

#include <cstdint>

#include "nn/modules/activation.hpp"

namespace regimetry::nn {

[[nodiscard]] bool has_onednn() noexcept;
// Whether oneDNN multiplies bfloat16 on this processor (AVX-512 at least; fastest with AMX).
[[nodiscard]] bool has_onednn_bfloat16() noexcept;

// Where the elements of a factor lie: element (i, j) at i * row + j * column. One of the two is 1.
struct Strides {
  std::int64_t row = 0, column = 1;
  bool operator==(const Strides&) const = default;
};

// a [m, k], b [k, n], bias [n], c [m, n]; bias and c are always float32, as are the sums.
struct Product {
  std::int64_t m = 0, n = 0, k = 0;  // all positive
  Strides a = {}, b = {};
  std::int64_t c_stride = 0;  // between rows
  bool is_bfloat16 = false;   // the elements of a and b
  bool has_bias = false;
  bool adds_to_c = false;  // c += a b; excludes bias and activation
  Activation activation = Activation::kNone;
  bool operator==(const Product&) const = default;
};

// `bias` is read only if the product has one.
void multiply(const Product& product, const void* a, const void* b, const float* bias, float* c);

// c = alpha a b + beta c for float32 factors too small to be worth a primitive. Row strides as in Strides,
// with column strides 1; `is_a_transposed`: a lies as [k, m], likewise b as [n, k].
struct SmallProduct {
  bool is_a_transposed = false, is_b_transposed = false;
  std::int64_t m = 0, n = 0, k = 0;
  float alpha = 1.0F, beta = 0.0F;
};
void multiply_small(const SmallProduct& product, const float* a, std::int64_t a_stride, const float* b,
                    std::int64_t b_stride, float* c, std::int64_t c_stride);

}  // namespace regimetry::nn
