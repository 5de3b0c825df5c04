#include "nn/kernels/differentiable/row_loops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace regimetry::nn {
namespace {

TEST(RowLoops, SumsRowsOfAnyLength) {
  for (std::int64_t count = 0; count <= 70; ++count)
    EXPECT_EQ(sum_row(count, [](std::int64_t i) { return static_cast<float>(i); }),
              static_cast<float>(count * (count - 1) / 2));
}

TEST(RowLoops, FindsTheGreatestWhereverItIs) {
  for (std::size_t count = 1; count <= 70; ++count) {
    for (std::size_t at = 0; at < count; ++at) {
      std::vector<float> row(count, -3.0F);
      row[at] = -1.0F;
      EXPECT_EQ(greatest_of_row(row.data(), static_cast<std::int64_t>(count)), -1.0F);
    }
  }
}

TEST(RowLoops, ExpIsWithinTwoUnitsInTheLastPlace) {
  for (float x = 0.0F; x > -87.0F; x -= 0.00173F) {
    const double exact = std::exp(static_cast<double>(x));
    EXPECT_NEAR(exp_of_nonpositive(x), exact, exact * 2 * 0x1p-23) << x;
  }
}

TEST(RowLoops, ExpHasNoDenormalsAndKeepsNaN) {
  EXPECT_EQ(exp_of_nonpositive(0.0F), 1.0F);
  EXPECT_EQ(exp_of_nonpositive(-88.0F), 0.0F);
  EXPECT_EQ(exp_of_nonpositive(-std::numeric_limits<float>::infinity()), 0.0F);
  EXPECT_TRUE(std::isnan(exp_of_nonpositive(std::numeric_limits<float>::quiet_NaN())));
  EXPECT_GE(exp_of_nonpositive(-87.0F), std::numeric_limits<float>::min());
}

}  // namespace
}  // namespace regimetry::nn
