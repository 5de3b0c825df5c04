#include "nn/sinusoidal_positions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::nn {
namespace {

// Width 4: columns 0 and 1 have the angle pos, columns 2 and 3 the angle pos / 100.
TEST(SinusoidalPositions, InterleavesSineAndCosine) {
  const auto table = sinusoidal_positions(3, 4, true);
  ASSERT_EQ(table.size(), 12U);
  for (int position = 0; position < 3; ++position) {
    const float* const row = table.data() + 4 * position;
    EXPECT_FLOAT_EQ(row[0], static_cast<float>(std::sin(position)));
    EXPECT_FLOAT_EQ(row[1], static_cast<float>(std::cos(position)));
    EXPECT_FLOAT_EQ(row[2], static_cast<float>(std::sin(position / 100.0)));
    EXPECT_FLOAT_EQ(row[3], static_cast<float>(std::cos(position / 100.0)));
  }
}

TEST(SinusoidalPositions, EndsAnOddWidthWithASine) {
  const auto table = sinusoidal_positions(2, 3, true);
  EXPECT_FLOAT_EQ(table[5], static_cast<float>(std::sin(1.0 / std::pow(10000.0, 2.0 / 3.0))));
}

// Width 4: the first two columns' angles are both pos, so each wave of the faster half stands twice.
TEST(SinusoidalPositions, StacksTheSinesOfTheFirstHalfBeforeTheirCosines) {
  const auto table = sinusoidal_positions(3, 4, false);
  for (int position = 0; position < 3; ++position) {
    const float* const row = table.data() + 4 * position;
    EXPECT_FLOAT_EQ(row[0], static_cast<float>(std::sin(position)));
    EXPECT_FLOAT_EQ(row[1], static_cast<float>(std::sin(position)));
    EXPECT_FLOAT_EQ(row[2], static_cast<float>(std::cos(position)));
    EXPECT_FLOAT_EQ(row[3], static_cast<float>(std::cos(position)));
  }
}

}  // namespace
}  // namespace regimetry::nn
