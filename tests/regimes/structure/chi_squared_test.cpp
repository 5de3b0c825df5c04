#include "regimes/structure/chi_squared.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace regimetry::regimes {
namespace {

TEST(ChiSquaredTail, AgreesWithScipy) {  // scipy.stats.chi2.sf
  struct Case {
    double x;
    std::int64_t freedom;
    double tail;
  };
  const std::vector<Case> cases{
#include "golden_chi_squared.inc"
  };
  for (const Case& one : cases)
    EXPECT_NEAR(chi_squared_tail(one.x, one.freedom) / one.tail, 1, 1e-12) << one.x << " " << one.freedom;
}

TEST(ChiSquaredTail, IsAnExponentialForTwoDegrees) {
  for (const double x : {0.1, 1.0, 3.9, 4.1, 30.0, 500.0})
    EXPECT_NEAR(chi_squared_tail(x, 2) / std::exp(-x / 2), 1, 1e-13);
}

TEST(ChiSquaredTail, HasEnds) {
  EXPECT_EQ(chi_squared_tail(0, 3), 1);
  EXPECT_EQ(chi_squared_tail(-1, 3), 1);
  EXPECT_EQ(chi_squared_tail(1e6, 3), 0);
}

}  // namespace
}  // namespace regimetry::regimes
