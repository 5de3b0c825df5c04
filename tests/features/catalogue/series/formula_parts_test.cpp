#include "features/catalogue/series/formula_parts.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::features {
namespace {

TEST(FormulaParts, KeepAMissingValueMissing) {
  EXPECT_TRUE(std::isnan(negative_part(kMissing)));
  EXPECT_TRUE(std::isnan(positive_part(kMissing)));
  EXPECT_TRUE(std::isnan(limited(kMissing, -1, 1)));
  EXPECT_TRUE(std::isnan(log_ratio_or_missing(kMissing, 1)));
  EXPECT_TRUE(std::isnan(log_ratio_or_missing(1, kMissing)));
}

TEST(FormulaParts, SplitANumberAtZero) {
  EXPECT_EQ(negative_part(-2), -2.0);
  EXPECT_EQ(negative_part(2), 0.0);
  EXPECT_EQ(positive_part(-2), 0.0);
  EXPECT_EQ(positive_part(2), 2.0);
}

TEST(FormulaParts, LimitANumberOnBothSides) {
  EXPECT_EQ(limited(0.25, 0, 1), 0.25);
  EXPECT_EQ(limited(-189, 0, 1), 0.0);
  EXPECT_EQ(limited(189, 0, 1), 1.0);
}

TEST(FormulaParts, ALogRatioNeedsTwoPositiveNumbers) {
  EXPECT_DOUBLE_EQ(log_ratio_or_missing(3, 2), std::log(1.5));
  EXPECT_EQ(log_ratio_or_missing(2, 2), 0.0);
  for (const double bad : {0.0, -1.0}) {
    EXPECT_TRUE(std::isnan(log_ratio_or_missing(bad, 1))) << bad;
    EXPECT_TRUE(std::isnan(log_ratio_or_missing(1, bad))) << bad;
    EXPECT_TRUE(std::isnan(log_ratio_or_missing(bad, bad))) << bad;
  }
}

}  // namespace
}  // namespace regimetry::features
