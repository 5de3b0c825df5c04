// overlapping_groups() of golden_clusters.py: 300 rows about three corners of a triangle, near enough to
// overlap.
#pragma once

#include "core/matrix.hpp"
#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {

inline MatrixF overlapping_groups() {
  CountedNumbers numbers(1);
  const double corners[3][2] = {{0, 0}, {4, 0}, {2, 3}};
  MatrixF rows(300, 2);
  for (int row = 0; row < 300; ++row) {
    for (int column = 0; column < 2; ++column)
      rows(row, column) = static_cast<float>(corners[row % 3][column] + numbers.normal());
  }
  return rows;
}

}  // namespace regimetry::regimes
