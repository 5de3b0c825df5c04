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
  EXPECT_TRUE(std::isnan(sign_of(kMissing)));
  for (const double other : {-1.0, 0.0, 1.0}) {
    EXPECT_TRUE(std::isnan(ratio_or(kMissing, other, 5))) << other;
    EXPECT_TRUE(std::isnan(ratio_or(other, kMissing, 5))) << other;
    EXPECT_TRUE(std::isnan(larger(kMissing, other)) && std::isnan(larger(other, kMissing))) << other;
    EXPECT_TRUE(std::isnan(smaller(kMissing, other)) && std::isnan(smaller(other, kMissing))) << other;
  }
  EXPECT_TRUE(std::isnan(standard_score(kMissing, 1, 0)));
}

TEST(FormulaParts, ARatioHasAStatedValueWhereItsDenominatorIsZero) {
  EXPECT_EQ(ratio_or(3, 4, 0.5), 0.75);
  EXPECT_EQ(ratio_or(3, 0, 0.5), 0.5);
  EXPECT_EQ(ratio_or(-3, 0, 0), 0.0);
  EXPECT_EQ(standard_score(7, 3, 4), 2.0);
  EXPECT_EQ(standard_score(3, 3, 0), 0.0);
}

TEST(FormulaParts, CompareTwoNumbers) {
  EXPECT_EQ(larger(-2, 3), 3.0);
  EXPECT_EQ(smaller(-2, 3), -2.0);
  EXPECT_EQ(sign_of(0.1), 1.0);
  EXPECT_EQ(sign_of(-0.1), -1.0);
  EXPECT_EQ(sign_of(0), 0.0);
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
