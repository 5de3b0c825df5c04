#include "report/figures/price_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regimetry::report {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

TEST(PriceLine, ShowsEveryBarWhereThereIsRoom) {
  const auto lines = price_lines(std::vector<double>{3, 1, 2}, 10);
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].size(), 3U);
  EXPECT_EQ(lines[0][1].bar, 1.5);
  EXPECT_EQ(lines[0][1].price, 1);
}

TEST(PriceLine, BreaksWherePricesAreMissing) {
  const auto lines = price_lines(std::vector<double>{kMissing, 1, 2, kMissing, kMissing, 3, INFINITY}, 10);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].size(), 2U);
  EXPECT_EQ(lines[1].size(), 1U);
  EXPECT_EQ(lines[1][0].bar, 5.5);
  EXPECT_TRUE(price_lines(std::vector<double>{kMissing, kMissing}, 10).empty());
  EXPECT_TRUE(price_lines({}, 10).empty());
}

TEST(PriceLine, KeepsEverySpikeInFewColumns) {
  std::vector<double> close(10'000, 5.0);
  close[1234] = 99;
  close[4321] = 0.5;
  const auto lines = price_lines(close, 100);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LE(lines[0].size(), 200U);
  double highest = 0, lowest = 100, before = -1;
  for (const PricePoint& point : lines[0]) {
    highest = std::max(highest, point.price);
    lowest = std::min(lowest, point.price);
    EXPECT_GT(point.bar, before);
    before = point.bar;
  }
  EXPECT_EQ(highest, 99);
  EXPECT_EQ(lowest, 0.5);
}

TEST(PriceLine, OnlyAWhollyMissingColumnBreaksIt) {
  std::vector<double> close(1000, 5.0);
  for (std::size_t i = 500; i < 505; ++i) close[i] = kMissing;  // half of a column of ten
  EXPECT_EQ(price_lines(close, 100).size(), 1U);
  for (std::size_t i = 500; i < 510; ++i) close[i] = kMissing;
  EXPECT_EQ(price_lines(close, 100).size(), 2U);
}

}  // namespace
}  // namespace regimetry::report
