// The rows whose labels golden_clusters.py wrote: each function makes those of its namesake there.
#pragma once

#include <cmath>

#include "core/matrix.hpp"
#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {

inline MatrixF apart() {
  CountedNumbers numbers(2);
  MatrixF rows(600, 5);
  for (int row = 0; row < 600; ++row) {
    const int digit = row % 10, group = digit < 4 ? 0 : digit < 7 ? 1 : digit < 9 ? 2 : 3;
    for (int column = 0; column < 5; ++column)
      rows(row, column) = static_cast<float>(numbers.normal() + (column == group ? 10 : 0));
  }
  return rows;
}

inline MatrixF touching() {
  CountedNumbers numbers(3);
  const double corners[3][2] = {{0, 0}, {6, 0}, {3, 5}};
  MatrixF rows(900, 2);
  for (int row = 0; row < 900; ++row) {
    for (int column = 0; column < 2; ++column)
      rows(row, column) = static_cast<float>(corners[row % 3][column] + numbers.normal());
  }
  return rows;
}

inline MatrixF rings() {
  CountedNumbers numbers(4);
  MatrixF rows(1000, 2);
  for (int row = 0; row < 1000; ++row) {
    double x = 0, y = 0;
    do {
      x = 2 * numbers.uniform() - 1;
      y = 2 * numbers.uniform() - 1;
    } while (!(0.01 < x * x + y * y && x * x + y * y < 1));
    const double radius = (row % 2 == 0 ? 1 : 3) + numbers.normal() / 16, length = std::sqrt(x * x + y * y);
    rows.row(row) << static_cast<float>(x / length * radius), static_cast<float>(y / length * radius);
  }
  return rows;
}

inline MatrixF phases(int row_count = 1200) {
  CountedNumbers numbers(5);
  double state[6] = {};
  MatrixF rows(row_count, 6);
  for (int row = 0; row < row_count; ++row) {
    const double levels[] = {0, 3, -3};
    const double level = levels[row / 150 % 3];
    for (int column = 0; column < 6; ++column) {
      state[column] = 0.75 * state[column] + 0.25 * (level * (column % 2 == 0 ? 1 : -1) + numbers.normal());
      rows(row, column) = static_cast<float>(state[column]);
    }
  }
  return rows;
}

inline MatrixF few() {
  CountedNumbers numbers(6);
  MatrixF rows(60, 2);
  for (int row = 0; row < 60; ++row) {
    rows(row, 0) = static_cast<float>(3 * (row % 2) + numbers.normal() / 2);
    rows(row, 1) = static_cast<float>(numbers.normal() / 2);
  }
  return rows;
}

}  // namespace regimetry::regimes
