#include "report/figures/number_text.hpp"

#include <gtest/gtest.h>

namespace regimetry::report {
namespace {

TEST(NumberText, SeparatesThousands) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(-1234567), "-1,234,567");
}

TEST(NumberText, NeverRoundsAShareToNoneOrAll) {
  EXPECT_EQ(percent_text(0), "0 %");
  EXPECT_EQ(percent_text(1), "100 %");
  EXPECT_EQ(percent_text(0.3214), "32.1 %");
  EXPECT_EQ(percent_text(0.0004), "<0.1 %");
  EXPECT_EQ(percent_text(0.99999), ">99.9 %");
}

TEST(NumberText, ShowsTheDecimalsThatTellMarksApart) {
  EXPECT_EQ(tick_text(1.2, 0.1), "1.2");
  EXPECT_EQ(tick_text(1.2, 0.05), "1.20");
  EXPECT_EQ(tick_text(12000, 500), "12,000");
  EXPECT_EQ(tick_text(-0.0, 0.5), "0.0");
  EXPECT_EQ(tick_text(1234.5, 0.5), "1,234.5");
}

TEST(NumberText, WritesVeryLargeAndVerySmallValuesWithAnExponent) {
  EXPECT_EQ(tick_text(2e9, 1e9), "2e+09");
  EXPECT_EQ(tick_text(3e-9, 1e-9), "3e-09");
}

}  // namespace
}  // namespace regimetry::report
