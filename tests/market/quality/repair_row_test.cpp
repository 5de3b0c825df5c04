#include "market/quality/repair_row.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regimetry::market {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::optional<RepairedRow> repair(BarValues bar) {
  return repair_row(bar, faults_of(bar));
}

TEST(RepairRow, PutsSwappedHighAndLowBack) {
  const auto repaired = repair({.open = 10, .high = 9, .low = 12, .close = 11, .volume = 1});
  ASSERT_TRUE(repaired);
  EXPECT_EQ(repaired->bar.high, 12);
  EXPECT_EQ(repaired->bar.low, 9);
}

TEST(RepairRow, DoesNotSwapWhenThatWouldNotHoldTheBody) {
  EXPECT_FALSE(repair({.open = 10, .high = 9, .low = 9.5, .close = 11, .volume = 1}));
}

TEST(RepairRow, WidensByAFewTicksOnly) {
  const auto repaired = repair({.open = 10, .high = 10.97, .low = 10.03, .close = 11, .volume = 1});
  ASSERT_TRUE(repaired);
  EXPECT_EQ(repaired->bar.high, 11);
  EXPECT_EQ(repaired->bar.low, 10);
  // An open 4% below the low may as well be a wrong open: two readings, so it is not mended.
  EXPECT_FALSE(repair({.open = 44.74, .high = 47.57, .low = 46.73, .close = 47, .volume = 1}));
  // A close ten times above the high is a wrong close, not a short high.
  EXPECT_FALSE(repair({.open = 10, .high = 11, .low = 9, .close = 105, .volume = 1}));
}

TEST(RepairRow, FillsAnOpenOnlyWhereNoOtherValueFits) {
  EXPECT_EQ(repair({.open = 0, .high = 10, .low = 10, .close = 10, .volume = 1})->bar.open, 10);
  EXPECT_EQ(repair({.open = kNaN, .high = 10, .low = 10, .close = 10, .volume = 1})->bar.open, 10);
  EXPECT_FALSE(repair({.open = 0, .high = 10, .low = 9, .close = 10, .volume = 1}));
  EXPECT_FALSE(repair({.open = 10, .high = kNaN, .low = 9, .close = 10, .volume = 1}));
  EXPECT_FALSE(repair({.open = 10, .high = 10, .low = 10, .close = 11, .volume = -1}) &&
               repair({.open = 10, .high = 10, .low = 10, .close = 11, .volume = -1})->bar.high < 11);
}

TEST(RepairRow, KeepsThePricesOfABarWhoseVolumeIsImpossible) {
  const auto repaired = repair({.open = 10, .high = 11, .low = 9, .close = 10, .volume = -3});
  ASSERT_TRUE(repaired);
  EXPECT_TRUE(std::isnan(repaired->bar.volume));
  EXPECT_EQ(repaired->bar.close, 10);
}

TEST(RepairRow, WhateverItReturnsHasNoFault) {
  const double values[] = {kNaN, -1,   0,  9,   9.999999999,
                           10,   10.2, 11, 100, std::numeric_limits<double>::infinity()};
  int repaired_count = 0;
  for (const double open : values) {
    for (const double high : values) {
      for (const double low : values) {
        for (const double close : values) {
          for (const double volume : {kNaN, -1.0, 5.0}) {
            const BarValues bar{open, high, low, close, volume};
            if (faults_of(bar).empty()) continue;
            const auto repaired = repair(bar);
            if (!repaired) continue;
            ++repaired_count;
            ASSERT_TRUE(faults_of(repaired->bar).empty())
                << open << " " << high << " " << low << " " << close;
            ASSERT_FALSE(repaired->how.empty());
          }
        }
      }
    }
  }
  EXPECT_GT(repaired_count, 100);
}

}  // namespace
}  // namespace regimetry::market
