// Rows for benchmarks: as embeddings of rolling windows of a market with four regimes, and as groups without
// any order in time.
#pragma once

#include <vector>

#include "core/matrix.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {

// Averages of 30 values of `width` series whose levels and sizes change about every hundred rows, each row
// overlapping with the 29 before it; columns have about unit variance.
inline MatrixF embedding_like_rows(std::int64_t row_count, std::int64_t width) {
  constexpr std::int64_t kWindow = 30, kRegimes = 4;
  RngStream stream(11);
  MatrixF levels(kRegimes, width), values(row_count + kWindow, width);
  for (std::int64_t i = 0; i < levels.size(); ++i) levels.data()[i] = static_cast<float>(stream.normal());
  std::uint64_t regime = 0;
  for (std::int64_t row = 0; row < values.rows(); ++row) {
    if (stream.uniform() < 0.01) regime = stream.below(kRegimes);
    for (std::int64_t column = 0; column < width; ++column)
      values(row, column) =
          levels(static_cast<std::int64_t>(regime), column) + 2 * static_cast<float>(stream.normal());
  }
  MatrixF rows(row_count, width);
  for (std::int64_t row = 0; row < row_count; ++row)
    rows.row(row) = values.middleRows(row, kWindow).colwise().mean();
  return rows;
}

inline MatrixF grouped_rows(std::int64_t row_count, std::int64_t width) {
  constexpr std::int64_t kGroups = 6;
  RngStream stream(12);
  MatrixF middles(kGroups, width), rows(row_count, width);
  for (std::int64_t i = 0; i < middles.size(); ++i)
    middles.data()[i] = 0.5F * static_cast<float>(stream.normal());
  for (std::int64_t row = 0; row < row_count; ++row) {
    const auto group = static_cast<std::int64_t>(stream.below(kGroups));
    for (std::int64_t column = 0; column < width; ++column)
      rows(row, column) = middles(group, column) + static_cast<float>(stream.normal());
  }
  return rows;
}

}  // namespace regimetry::regimes
