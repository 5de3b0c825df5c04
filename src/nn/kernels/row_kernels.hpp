// The inner loops of inference on a CPU, one version per generation of processors.
//
// Why ours and not a library's: each element of a product is summed over k in order, with one fused
// multiply-add a step, whatever the number of rows, the tile or the register width. So a window has the same
// embedding to the last bit in a batch of a million, alone in a live stream, on one thread or on many, and on
// every processor with fused multiply-add; a general library promises none of that. Speed against oneDNN:
// docs/benchmarks.md.
//
// All matrices are row-major with a stride in elements between rows. Columns come in blocks of 16
// ("padded": rounded up to 16); callers provide the memory of the padding and keep it zero where it is read.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace regimetry::nn {

inline constexpr std::int64_t kColumnBlock = 16;
[[nodiscard]] constexpr std::int64_t padded(std::int64_t columns) noexcept {
  return (columns + kColumnBlock - 1) / kColumnBlock * kColumnBlock;
}

// A matrix [k, n] cut into panels of `panel_columns` columns (the last may be narrower, never unpadded), each
// k rows long and contiguous.
struct PanelView {
  const float* values = nullptr;
  std::int64_t k = 0, n = 0;  // n is padded
  std::int64_t panel_columns = 0;
};
// The same in bfloat16: two consecutive k of a column in one word, the earlier in its low half; a multiple of
// 16 pairs, zeros beyond k.
struct PairPanelView {
  const std::uint32_t* pairs = nullptr;
  std::int64_t k_pairs = 0, n = 0;
  std::int64_t panel_columns = 0;
};

// What happens around a product.
struct Epilogue {
  const float* bias = nullptr;  // [n], where each sum begins; null: from 0
  bool is_relu = false;         // max(0, x) at the end
  bool adds_to_c = false;       // each sum begins with what c holds; excludes a bias
};

struct RowKernels {
  std::string_view name;       // "avx512", "avx2", "baseline"
  std::int64_t panel_columns;  // that products are fastest with

  // c[m, n] = a[m, k] b
  void (*multiply)(const float* a, std::int64_t a_stride, std::int64_t m, const PanelView& b, float* c,
                   std::int64_t c_stride, const Epilogue& epilogue);
  // The same with a in pairs of bfloat16, `a_stride` in words; sums in float32.
  void (*multiply_pairs)(const std::uint32_t* a, std::int64_t a_stride, std::int64_t m,
                         const PairPanelView& b, float* c, std::int64_t c_stride, const Epilogue& epilogue);
  // c[m, n] = a[m, k] b[k, n], b as it lies; n padded.
  void (*multiply_plain)(const float* a, std::int64_t a_stride, std::int64_t m, std::int64_t k,
                         const float* b, std::int64_t b_stride, std::int64_t n, float* c,
                         std::int64_t c_stride, const Epilogue& epilogue);
  // out[columns, rows] = in[rows, columns]; whole blocks of 4 x 4 are read and written.
  void (*transpose)(const float* in, std::int64_t in_stride, std::int64_t rows, std::int64_t columns,
                    float* out, std::int64_t out_stride);
  // out[j] = softmax over j < count of first[j] + second[j] + third[j] + fourth[j]; reads and writes up to
  // the next 16. What stands at or beyond count changes nothing, be it infinite or NaN; NaN before it makes
  // all of them NaN.
  void (*softmax_of_four)(const float* first, const float* second, const float* third, const float* fourth,
                          std::int64_t count, float* out);
  void (*softmax)(const float* scores, std::int64_t count, float* out);
  // out = (x - mean) / sqrt(variance + epsilon) * weight + bias + first + second, over `width` columns;
  // `second` may be null. All have padded(width) columns; weight and bias are 0 beyond width.
  void (*norm_and_add)(const float* x, std::int64_t width, float epsilon, const float* weight,
                       const float* bias, const float* first, const float* second, float* out);
  // out = x + y over padded columns.
  void (*add)(const float* x, const float* y, std::int64_t columns, float* out);
  // out = max(out, x); NaN in x shows.
  void (*take_greater)(const float* x, std::int64_t columns, float* out);
  // Rounds pairs of columns to bfloat16 (nearest, ties to even). `columns` is even; finite values only.
  void (*round_to_pairs)(const float* x, std::int64_t columns, std::uint32_t* out);
};

// The best for this processor.
[[nodiscard]] const RowKernels& row_kernels() noexcept;
// All that run here, best first: for tests and benchmarks.
[[nodiscard]] std::vector<const RowKernels*> usable_row_kernels();

}  // namespace regimetry::nn
