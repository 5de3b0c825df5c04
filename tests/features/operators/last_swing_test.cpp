#include "features/operators/last_swing.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(LastSwing, IsTheExtremeOfEverythingUntilTheFirstSwing) {
  LastSwingHigh high;
  EXPECT_EQ(high.update(5, 4, 7), (std::array{7.0, 0.0}));
  EXPECT_EQ(high.update(6, 9, 3), (std::array{9.0, 0.0}));
  EXPECT_EQ(high.update(6, 5, 3), (std::array{6.0, 0.0}));  // a swing, lower than what came before
}

TEST(LastSwing, ComparesWithTheSwingBefore) {
  LastSwingHigh high;
  high.update(6, 5, 5);
  EXPECT_EQ(high.update(8, 5, 5), (std::array{8.0, 1.0}));
  EXPECT_EQ(high.update(5, 8, 5), (std::array{8.0, 1.0}));  // no new one
  EXPECT_EQ(high.update(7, 5, 5), (std::array{7.0, -1.0}));
  EXPECT_EQ(high.update(7, 5, 5), (std::array{7.0, 0.0}));
}

TEST(LastSwing, WantsACandidateStrictlyBeyondBothSides) {
  LastSwingLow low;
  EXPECT_EQ(low.update(5, 5, 9), (std::array{5.0, 0.0}));
  EXPECT_EQ(low.update(6, 7, 6)[0], 5.0);
  EXPECT_EQ(low.update(6, 7, 7)[0], 6.0);
}

TEST(LastSwing, PassesOverMissingValues) {
  LastSwingLow low;
  low.update(3, 4, 4);
  EXPECT_TRUE(is_missing(low.update(kMissing, 4, 4)[0]));
  EXPECT_TRUE(is_missing(low.update(2, kMissing, 4)[0]));
  EXPECT_TRUE(is_missing(low.update(2, 4, kMissing)[1]));
  EXPECT_EQ(low.update(9, 8, 8), (std::array{3.0, 0.0}));
}

TEST(LastSwing, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<LastSwingHigh>(LastSwingHigh(), [](LastSwingHigh& op, int i) {
    const auto [value, step] = op.update(i * i % 17, i % 13, i % 11);
    return value + 100 * step;
  });
}

}  // namespace
}  // namespace regimetry::features
