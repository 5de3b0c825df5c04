// Rows drawn from a seed, for tests that need many of no particular kind.
#pragma once

#include "core/matrix.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {

inline MatrixF random_rows(std::int64_t row_count, std::int64_t width, std::uint64_t seed = 1) {
  RngStream stream(seed);
  MatrixF rows(row_count, width);
  for (std::int64_t i = 0; i < rows.size(); ++i) rows.data()[i] = static_cast<float>(stream.normal());
  return rows;
}

// Each row near the one before, so that the neighbour graph is a chain.
inline MatrixF random_walk(std::int64_t row_count, std::int64_t width, std::uint64_t seed = 1) {
  MatrixF rows = random_rows(row_count, width, seed);
  for (std::int64_t row = 1; row < row_count; ++row) rows.row(row) += rows.row(row - 1);
  return rows;
}

}  // namespace regimetry::regimes
