#include "regimes/mixture/density_block.hpp"

#include <gtest/gtest.h>

#include <array>

namespace regimetry::regimes {
namespace {

TEST(DensityBlock, SubtractsEachRowsGreatestAndTurnsRound) {
  std::array<double, 6> logs = {1, 5, -2,  // component 0 of three rows
                                4, 3, -2};
  EXPECT_EQ(subtract_greatest(logs, 3, 2), 4 + 5 - 2);
  EXPECT_EQ(logs, (std::array<double, 6>{-3, 0, 0, 0, -2, 0}));
  std::array<double, 6> by_row;
  write_by_row(logs, 3, 2, by_row.data());
  EXPECT_EQ(by_row, (std::array<double, 6>{-3, 0, 0, -2, 0, 0}));
}

}  // namespace
}  // namespace regimetry::regimes
