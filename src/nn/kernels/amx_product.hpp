// Products of bfloat16 on the matrix tiles of newer Intel processors (AMX).
//
// A tile holds 16 lines of 64 bytes. Two by two tiles of sums stay in place while k runs on: each step takes
// 16 pairs of k from 32 rows of a and 32 columns of b. The packed layout of b (PairPanelView) is the one
// that the instruction asks for.
//
// Included by row_kernels_avx512_amx.cpp alone; the rule of lanes.hpp holds.
#pragma once

#include "nn/kernels/lanes.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::nn::REGIMETRY_KERNEL_LEVEL {

inline constexpr int kTileLines = 16;
inline constexpr std::int64_t kTilePairs = 16;  // of k, in one step

// The layout of the processor's tile configuration.
struct alignas(64) TileConfiguration {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t line_bytes[16] = {};
  std::uint8_t lines[16] = {};
};

// Tiles 0-3 are sums, 4 and 5 rows of a, 6 and 7 columns of b; `upper` and `lower` rows, at most 16 each.
inline void configure_tiles(int upper, int lower) {
  TileConfiguration configuration;
  const int lines[8] = {upper, upper, lower, lower, upper, lower, kTileLines, kTileLines};
  for (int tile = 0; tile < 8; ++tile) {
    configuration.lines[tile] = static_cast<std::uint8_t>(lines[tile]);
    configuration.line_bytes[tile] = 64;
  }
  _tile_loadconfig(&configuration);
}

// One block of up to 32 rows and 32 columns; both second halves may be absent.
template <bool kHasLower, bool kHasRight>
inline void multiply_tiles(const std::uint32_t* a, std::int64_t a_stride, const std::uint32_t* b,
                           std::int64_t b_stride, std::int64_t k_pairs, float* c, std::int64_t c_stride,
                           bool adds_to_c) {
  const auto a_bytes = a_stride * 4, b_bytes = b_stride * 4, c_bytes = c_stride * 4;
  float* const lower_c = c + kTileLines * c_stride;
  if (adds_to_c) {
    _tile_loadd(0, c, c_bytes);
    if constexpr (kHasRight) _tile_loadd(1, c + kLaneCount, c_bytes);
    if constexpr (kHasLower) _tile_loadd(2, lower_c, c_bytes);
    if constexpr (kHasLower && kHasRight) _tile_loadd(3, lower_c + kLaneCount, c_bytes);
  } else {
    _tile_zero(0);
    _tile_zero(1);
    if constexpr (kHasLower) {
      _tile_zero(2);
      _tile_zero(3);
    }
  }
  for (std::int64_t k = 0; k < k_pairs; k += kTilePairs) {
    _tile_loadd(4, a + k, a_bytes);
    _tile_loadd(6, b + k * b_stride, b_bytes);
    _tile_dpbf16ps(0, 4, 6);
    if constexpr (kHasRight) {
      _tile_loadd(7, b + k * b_stride + kLaneCount, b_bytes);
      _tile_dpbf16ps(1, 4, 7);
    }
    if constexpr (kHasLower) {
      _tile_loadd(5, a + kTileLines * a_stride + k, a_bytes);
      _tile_dpbf16ps(2, 5, 6);
      if constexpr (kHasRight) _tile_dpbf16ps(3, 5, 7);
    }
  }
  _tile_stored(0, c, c_bytes);
  if constexpr (kHasRight) _tile_stored(1, c + kLaneCount, c_bytes);
  if constexpr (kHasLower) _tile_stored(2, lower_c, c_bytes);
  if constexpr (kHasLower && kHasRight) _tile_stored(3, lower_c + kLaneCount, c_bytes);
}

// Bias and rectifier, while the block is still in the innermost cache.
inline void finish_tiles(std::int64_t rows, std::int64_t blocks, float* c, std::int64_t c_stride,
                         const float* bias, bool is_relu) {
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t block = 0; block < blocks; ++block) {
      float* const at = c + row * c_stride + block * kLaneCount;
      Lanes value = Lanes::load(at);
      if (bias != nullptr) value = value + Lanes::load(bias + block * kLaneCount);
      if (is_relu) value = max(value, Lanes::zero());
      value.store(at);
    }
  }
}

template <bool kHasLower>
inline void multiply_row_block(const std::uint32_t* a, std::int64_t a_stride, std::int64_t rows,
                               const PairPanelView& b, float* c, std::int64_t c_stride,
                               const Epilogue& epilogue) {
  for (std::int64_t panel = 0; panel < b.n; panel += b.panel_columns) {
    const std::int64_t columns = b.n - panel < b.panel_columns ? b.n - panel : b.panel_columns;
    const std::uint32_t* const values = b.pairs + panel * b.k_pairs;
    for (std::int64_t column = 0; column < columns; column += 2 * kLaneCount) {
      const bool has_right = column + kLaneCount < columns;
      float* const block = c + panel + column;
      if (has_right) {
        multiply_tiles<kHasLower, true>(a, a_stride, values + column, columns, b.k_pairs, block, c_stride,
                                        epilogue.adds_to_c);
      } else {
        multiply_tiles<kHasLower, false>(a, a_stride, values + column, columns, b.k_pairs, block, c_stride,
                                         epilogue.adds_to_c);
      }
      if (epilogue.bias != nullptr || epilogue.is_relu)
        finish_tiles(rows, has_right ? 2 : 1, block, c_stride,
                     epilogue.bias != nullptr ? epilogue.bias + panel + column : nullptr, epilogue.is_relu);
    }
  }
}

inline void multiply_pairs_with_tiles(const std::uint32_t* a, std::int64_t a_stride, std::int64_t m,
                                      const PairPanelView& b, float* c, std::int64_t c_stride,
                                      const Epilogue& epilogue) {
  std::int64_t configured = -1;
  for (std::int64_t row = 0; row < m; row += 2 * kTileLines) {
    const std::int64_t rows = m - row < 2 * kTileLines ? m - row : 2 * kTileLines;
    const bool has_lower = rows > kTileLines;
    if (rows != configured) {
      configure_tiles(static_cast<int>(has_lower ? kTileLines : rows),
                      static_cast<int>(has_lower ? rows - kTileLines : 1));
      configured = rows;
    }
    if (has_lower) {
      multiply_row_block<true>(a + row * a_stride, a_stride, rows, b, c + row * c_stride, c_stride, epilogue);
    } else {
      multiply_row_block<false>(a + row * a_stride, a_stride, rows, b, c + row * c_stride, c_stride,
                                epilogue);
    }
  }
  _tile_release();
}

}  // namespace regimetry::nn::REGIMETRY_KERNEL_LEVEL
