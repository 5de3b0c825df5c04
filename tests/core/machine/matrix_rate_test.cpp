#include "core/machine/matrix_rate.hpp"

#include <gtest/gtest.h>

#include <cstddef>

namespace regimetry {
namespace {

// The inner loop runs over a row of C, so the compiler can vectorise it.
void multiply_plainly(int n, const float* a, const float* b, float* c) {
  const auto at = [n](int row, int column) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(n) + static_cast<std::size_t>(column);
  };
  for (int row = 0; row < n; ++row) {
    for (int column = 0; column < n; ++column) c[at(row, column)] = 0;
    for (int k = 0; k < n; ++k) {
      const float factor = a[at(row, k)];
      for (int column = 0; column < n; ++column) c[at(row, column)] += factor * b[at(k, column)];
    }
  }
}

TEST(MatrixRate, RatesARightProduct) {
  const MatrixRate rate = measure_matrix_rate(multiply_plainly);
  EXPECT_TRUE(rate.is_correct);
  EXPECT_GT(rate.gflops, 0);
  EXPECT_GE(rate.edge, 512);
}

TEST(MatrixRate, AWrongProductHasNoRate) {
  const MatrixRate transposed = measure_matrix_rate([](int n, const float* a, const float* b, float* c) {
    multiply_plainly(n, b, a, c);  // B * A
  });
  EXPECT_FALSE(transposed.is_correct);
  EXPECT_EQ(transposed.gflops, 0);
  EXPECT_FALSE(measure_matrix_rate([](int, const float*, const float*, float*) {}).is_correct);
}

}  // namespace
}  // namespace regimetry
