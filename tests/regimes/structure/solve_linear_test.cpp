#include "regimes/structure/solve_linear.hpp"

#include <gtest/gtest.h>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

TEST(SolveLinear, SwapsRowsWhereAPivotIsZero) {
  MatrixD a(2, 2), b(2, 1);
  a << 0, 2, 4, 0;
  b << 6, 8;
  const MatrixD x = solve_linear(a, b);
  EXPECT_EQ(x(0, 0), 2);
  EXPECT_EQ(x(1, 0), 3);
}

TEST(SolveLinear, FindsWhatWasMultiplied) {
  RngStream stream(1);
  MatrixD a(30, 30), x(30, 4);
  for (double& value : a.reshaped()) value = stream.normal();
  for (double& value : x.reshaped()) value = stream.normal();
  EXPECT_LT((solve_linear(a, a * x) - x).cwiseAbs().maxCoeff(), 1e-9);
}

}  // namespace
}  // namespace regimetry::regimes
