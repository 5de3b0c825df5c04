// The kernels of row_kernels.hpp, written once for all levels. Included by row_kernels_<level>.cpp alone; the
// same rule as in lanes.hpp: nothing of the standard library.
#pragma once

#include "nn/kernels/lanes.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::nn::REGIMETRY_KERNEL_LEVEL {

// A tile of sums that stays in registers: kTileRows rows by up to kTileBlocks blocks of 16 columns. AVX-512
// has 32 registers: 24 sums, 4 of b, 1 of a.
#if defined(__AVX512F__)
inline constexpr int kTileRows = 6, kTileBlocks = 4;
#elif defined(__AVX2__) && defined(__FMA__)
inline constexpr int kTileRows = 6, kTileBlocks = 1;
#else
inline constexpr int kTileRows = 2, kTileBlocks = 1;
#endif
// Steps of k after which sums go back to c, so that a panel of b stays in the innermost cache.
inline constexpr std::int64_t kDepth = 128;

inline std::int64_t least(std::int64_t a, std::int64_t b) {
  return a < b ? a : b;
}

// How a tile begins and ends.
struct TileEnds {
  const float* bias;  // of the tile's first column, or null
  bool continues;     // sums begin with c
  bool is_relu;
  // Large weights come from a cache that is far away: while the first rows of a block are worked on, the next
  // block of b is asked for, a cache line per step of k. Null: nothing to ask for.
  const char* next = nullptr;
};

inline constexpr std::int64_t kLineBytes = 64;

template <class Operand, int kRows, int kBlocks>
inline void multiply_tile(const typename Operand::A* __restrict a, std::int64_t a_stride,
                          const typename Operand::B* __restrict b, std::int64_t b_stride, std::int64_t k,
                          float* __restrict c, std::int64_t c_stride, TileEnds ends) {
  Lanes sums[kRows][kBlocks];
  for (int block = 0; block < kBlocks; ++block) {
    for (int row = 0; row < kRows; ++row) {
      sums[row][block] = ends.continues ? Lanes::load(c + row * c_stride + block * kLaneCount)
                         : ends.bias    ? Lanes::load(ends.bias + block * kLaneCount)
                                        : Lanes::zero();
    }
  }
  if (ends.next != nullptr) {
    for (std::int64_t i = 0; i < k; ++i) {
      __builtin_prefetch(ends.next + kLineBytes * i, 0, 2);
      Operand::template add_step<kRows, kBlocks>(a + i, a_stride, b + i * b_stride, sums);
    }
  } else {
    for (std::int64_t i = 0; i < k; ++i)
      Operand::template add_step<kRows, kBlocks>(a + i, a_stride, b + i * b_stride, sums);
  }
  for (int row = 0; row < kRows; ++row) {
    for (int block = 0; block < kBlocks; ++block) {
      Lanes value = sums[row][block];
      if (ends.is_relu) value = max(Lanes::zero(), value);  // NaN stays
      value.store(c + row * c_stride + block * kLaneCount);
    }
  }
}

struct FloatProduct {
  using A = float;
  using B = float;
  template <int kRows, int kBlocks>
  static void add_step(const float* a, std::int64_t a_stride, const float* b, Lanes (&sums)[kRows][kBlocks]) {
    Lanes right[kBlocks];
    for (int block = 0; block < kBlocks; ++block) right[block] = Lanes::load(b + block * kLaneCount);
    for (int row = 0; row < kRows; ++row) {
      const Lanes left = Lanes::all(a[row * a_stride]);
      for (int block = 0; block < kBlocks; ++block)
        sums[row][block] = fma(left, right[block], sums[row][block]);
    }
  }
};

template <class Operand, int kRows>
inline void multiply_row_tile(int blocks, const typename Operand::A* a, std::int64_t a_stride,
                              const typename Operand::B* b, std::int64_t b_stride, std::int64_t k, float* c,
                              std::int64_t c_stride, TileEnds ends) {
  if constexpr (kTileBlocks >= 4) {
    if (blocks == 4) return multiply_tile<Operand, kRows, 4>(a, a_stride, b, b_stride, k, c, c_stride, ends);
    if (blocks == 3) return multiply_tile<Operand, kRows, 3>(a, a_stride, b, b_stride, k, c, c_stride, ends);
    if (blocks == 2) return multiply_tile<Operand, kRows, 2>(a, a_stride, b, b_stride, k, c, c_stride, ends);
  }
  multiply_tile<Operand, kRows, 1>(a, a_stride, b, b_stride, k, c, c_stride, ends);
}

// All rows against up to kTileBlocks blocks of columns.
template <class Operand>
inline void multiply_columns(int blocks, const typename Operand::A* a, std::int64_t a_stride, std::int64_t m,
                             const typename Operand::B* b, std::int64_t b_stride, std::int64_t k, float* c,
                             std::int64_t c_stride, TileEnds ends) {
  std::int64_t row = 0;
  for (; row + kTileRows <= m; row += kTileRows) {
    multiply_row_tile<Operand, kTileRows>(blocks, a + row * a_stride, a_stride, b, b_stride, k,
                                          c + row * c_stride, c_stride, ends);
    // As many tiles ask as a step of k has lines; then all of the next block is on its way.
    const bool has_asked_for_all = row / kTileRows + 1 >= blocks;
    ends.next = ends.next == nullptr || has_asked_for_all ? nullptr : ends.next + kLineBytes * k;
  }
  ends.next = nullptr;
  if constexpr (kTileRows > 2) {
    for (; row + 2 <= m; row += 2)
      multiply_row_tile<Operand, 2>(blocks, a + row * a_stride, a_stride, b, b_stride, k, c + row * c_stride,
                                    c_stride, ends);
  }
  for (; row < m; ++row)
    multiply_row_tile<Operand, 1>(blocks, a + row * a_stride, a_stride, b, b_stride, k, c + row * c_stride,
                                  c_stride, ends);
}

inline TileEnds ends_of(const Epilogue& epilogue, std::int64_t column, bool is_first, bool is_last) {
  return {is_first && epilogue.bias != nullptr ? epilogue.bias + column : nullptr,
          !is_first || epilogue.adds_to_c, is_last && epilogue.is_relu, nullptr};
}

// Elements above which a matrix does not stay in a core's own cache beside everything else.
inline constexpr std::int64_t kLargeMatrix = 256'000;

template <class Operand>
inline void multiply_panels(const typename Operand::A* a, std::int64_t a_stride, std::int64_t m,
                            const typename Operand::B* b, std::int64_t k, std::int64_t n,
                            std::int64_t panel_columns, float* c, std::int64_t c_stride,
                            const Epilogue& epilogue) {
  for (std::int64_t column = 0; column < n; column += panel_columns) {
    const std::int64_t columns = least(panel_columns, n - column);
    const typename Operand::B* const panel = b + column * k;
    for (std::int64_t begin = 0; begin < k; begin += kDepth) {
      const std::int64_t depth = least(kDepth, k - begin);
      TileEnds ends = ends_of(epilogue, column, begin == 0, begin + depth == k);
      // Blocks lie one after another, also from panel to panel.
      if (k * n >= kLargeMatrix) ends.next = reinterpret_cast<const char*>(panel + (begin + depth) * columns);
      multiply_columns<Operand>(static_cast<int>(columns / kLaneCount), a + begin, a_stride, m,
                                panel + begin * columns, columns, depth, c + column, c_stride, ends);
    }
  }
}

inline void multiply(const float* a, std::int64_t a_stride, std::int64_t m, const PanelView& b, float* c,
                     std::int64_t c_stride, const Epilogue& epilogue) {
  multiply_panels<FloatProduct>(a, a_stride, m, b.values, b.k, b.n, b.panel_columns, c, c_stride, epilogue);
}

inline void multiply_plain(const float* a, std::int64_t a_stride, std::int64_t m, std::int64_t k,
                           const float* b, std::int64_t b_stride, std::int64_t n, float* c,
                           std::int64_t c_stride, const Epilogue& epilogue) {
  constexpr std::int64_t kColumns = kTileBlocks * kLaneCount;
  for (std::int64_t column = 0; column < n; column += kColumns) {
    const auto blocks = static_cast<int>(least(kColumns, n - column) / kLaneCount);
    multiply_columns<FloatProduct>(blocks, a, a_stride, m, b + column, b_stride, k, c + column, c_stride,
                                   ends_of(epilogue, column, true, true));
  }
}

#if !defined(__AVX512BF16__)
inline float low_of_pair(std::uint32_t pair) {
  return __builtin_bit_cast(float, pair << 16);
}
inline float high_of_pair(std::uint32_t pair) {
  return __builtin_bit_cast(float, pair & 0xffff0000U);
}

struct PairProduct {
  using A = std::uint32_t;
  using B = std::uint32_t;
  template <int kRows, int kBlocks>
  static void add_step(const std::uint32_t* a, std::int64_t a_stride, const std::uint32_t* b,
                       Lanes (&sums)[kRows][kBlocks]) {
    for (int block = 0; block < kBlocks; ++block) {
      float low[kLaneCount], high[kLaneCount];
      for (int i = 0; i < kLaneCount; ++i) {
        low[i] = low_of_pair(b[block * kLaneCount + i]);
        high[i] = high_of_pair(b[block * kLaneCount + i]);
      }
      for (int row = 0; row < kRows; ++row) {
        const std::uint32_t pair = a[row * a_stride];
        sums[row][block] = fma(Lanes::all(high_of_pair(pair)), Lanes::load(high), sums[row][block]);
        sums[row][block] = fma(Lanes::all(low_of_pair(pair)), Lanes::load(low), sums[row][block]);
      }
    }
  }
};
#else
struct PairProduct {
  using A = std::uint32_t;
  using B = std::uint32_t;
  template <int kRows, int kBlocks>
  static void add_step(const std::uint32_t* a, std::int64_t a_stride, const std::uint32_t* b,
                       Lanes (&sums)[kRows][kBlocks]) {
    __m512bh right[kBlocks];
    for (int block = 0; block < kBlocks; ++block)
      right[block] = (__m512bh)_mm512_loadu_si512(b + block * kLaneCount);
    for (int row = 0; row < kRows; ++row) {
      const auto left = (__m512bh)_mm512_set1_epi32(static_cast<int>(a[row * a_stride]));
      for (int block = 0; block < kBlocks; ++block)
        sums[row][block].v = _mm512_dpbf16_ps(sums[row][block].v, left, right[block]);
    }
  }
};
#endif

inline void multiply_pairs(const std::uint32_t* a, std::int64_t a_stride, std::int64_t m,
                           const PairPanelView& b, float* c, std::int64_t c_stride,
                           const Epilogue& epilogue) {
  multiply_panels<PairProduct>(a, a_stride, m, b.pairs, b.k_pairs, b.n, b.panel_columns, c, c_stride,
                               epilogue);
}

inline void transpose_block(const float* in, std::int64_t in_stride, float* out, std::int64_t out_stride) {
#if defined(__x86_64__)
  __m128 row0 = _mm_loadu_ps(in), row1 = _mm_loadu_ps(in + in_stride);
  __m128 row2 = _mm_loadu_ps(in + 2 * in_stride), row3 = _mm_loadu_ps(in + 3 * in_stride);
  _MM_TRANSPOSE4_PS(row0, row1, row2, row3);
  _mm_storeu_ps(out, row0);
  _mm_storeu_ps(out + out_stride, row1);
  _mm_storeu_ps(out + 2 * out_stride, row2);
  _mm_storeu_ps(out + 3 * out_stride, row3);
#else
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) out[j * out_stride + i] = in[i * in_stride + j];
  }
#endif
}

inline void transpose(const float* in, std::int64_t in_stride, std::int64_t rows, std::int64_t columns,
                      float* out, std::int64_t out_stride) {
  for (std::int64_t row = 0; row < rows; row += 4) {
    for (std::int64_t column = 0; column < columns; column += 4)
      transpose_block(in + row * in_stride + column, in_stride, out + column * out_stride + row, out_stride);
  }
}

inline constexpr float kLowest = -3.0e38F;

// `value_at(j)` gives 16 scores from j on; what lies beyond count is masked here.
template <class ValueAt>
inline void softmax_of(ValueAt value_at, std::int64_t count, float* out) {
  // Any upper bound near the maximum serves: the tail is masked so that garbage cannot become one.
  Lanes highest = Lanes::all(kLowest);
  std::int64_t j = 0;
  for (; j + kLaneCount <= count; j += kLaneCount) {
    const Lanes value = value_at(j);
    value.store(out + j);
    highest = max(highest, value);
  }
  if (j < count) {
    const Lanes value = first_lanes_or(value_at(j), count - j, Lanes::all(kLowest));
    value.store(out + j);
    highest = max(highest, value);
  }
  const Lanes top = Lanes::all(greatest(highest));
  Lanes total = Lanes::zero();
  for (j = 0; j < count; j += kLaneCount) {
    const Lanes weight =
        first_lanes_or(exp_nonpositive(Lanes::load(out + j) - top), count - j, Lanes::zero());
    weight.store(out + j);
    total = total + weight;
  }
  const Lanes share = Lanes::all(1.0F / sum(total));
  for (j = 0; j < count; j += kLaneCount) (Lanes::load(out + j) * share).store(out + j);
}

inline void softmax_of_four(const float* first, const float* second, const float* third, const float* fourth,
                            std::int64_t count, float* out) {
  softmax_of(
      [=](std::int64_t j) {
        return (Lanes::load(first + j) + Lanes::load(second + j)) +
               (Lanes::load(third + j) + Lanes::load(fourth + j));
      },
      count, out);
}

inline void softmax(const float* scores, std::int64_t count, float* out) {
  softmax_of([=](std::int64_t j) { return Lanes::load(scores + j); }, count, out);
}

inline void norm_and_add(const float* x, std::int64_t width, float epsilon, const float* weight,
                         const float* bias, const float* first, const float* second, float* out) {
  const float columns = static_cast<float>(width);
  Lanes total = Lanes::zero();
  for (std::int64_t i = 0; i < width; i += kLaneCount) total = total + Lanes::load(x + i);
  const Lanes mean = Lanes::all(sum(total) / columns);
  Lanes squares = Lanes::zero();
  for (std::int64_t i = 0; i < width; i += kLaneCount) {
    const Lanes distance = first_lanes_or(Lanes::load(x + i) - mean, width - i, Lanes::zero());
    squares = fma(distance, distance, squares);
  }
  const Lanes scale = Lanes::all(1.0F / __builtin_sqrtf(sum(squares) / columns + epsilon));
  for (std::int64_t i = 0; i < width; i += kLaneCount) {
    const Lanes standard = (Lanes::load(x + i) - mean) * scale;
    Lanes value = fma(standard, Lanes::load(weight + i), Lanes::load(bias + i)) + Lanes::load(first + i);
    if (second != nullptr) value = value + Lanes::load(second + i);
    value.store(out + i);
  }
}

inline void add(const float* x, const float* y, std::int64_t columns, float* out) {
  for (std::int64_t i = 0; i < columns; i += kLaneCount)
    (Lanes::load(x + i) + Lanes::load(y + i)).store(out + i);
}

inline void take_greater(const float* x, std::int64_t columns, float* out) {
  for (std::int64_t i = 0; i < columns; i += kLaneCount)
    max(Lanes::load(out + i), Lanes::load(x + i)).store(out + i);
}

inline std::uint32_t bfloat16_of(float x) {
  const auto bits = __builtin_bit_cast(std::uint32_t, x);
  return (bits + 0x7fffU + (bits >> 16 & 1U)) >> 16;
}

inline void round_to_pairs(const float* x, std::int64_t columns, std::uint32_t* out) {
  std::int64_t i = 0;
#if defined(__AVX512BF16__)
  for (; i + kLaneCount / 2 <= columns / 2; i += kLaneCount / 2)
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i),
                        (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(x + 2 * i)));
#endif
  for (; i < columns / 2; ++i) out[i] = bfloat16_of(x[2 * i]) | bfloat16_of(x[2 * i + 1]) << 16;
}

inline constexpr RowKernels kernels_named(std::string_view name) {
  return {name,
          kTileBlocks * kLaneCount,
          multiply,
          multiply_pairs,
          multiply_plain,
          transpose,
          softmax_of_four,
          softmax,
          norm_and_add,
          add,
          take_greater,
          round_to_pairs};
}

}  // namespace regimetry::nn::REGIMETRY_KERNEL_LEVEL
