#include "features/operators/last_swing.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(LastSwing, IsMissingUntilTheFirstSwing) {
  LastSwingHigh high;
  EXPECT_TRUE(is_missing(high.update(5, 4, 7)[0]));
  EXPECT_TRUE(is_missing(high.update(6, 9, 3)[0]));
  const auto [value, step] = high.update(6, 5, 3);  // a swing, lower than what came before
  EXPECT_EQ(value, 6.0);
  EXPECT_TRUE(is_missing(step));  // there is none to compare it with
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
  EXPECT_TRUE(is_missing(low.update(5, 5, 9)[0]));
  EXPECT_TRUE(is_missing(low.update(6, 7, 6)[0]));
  EXPECT_EQ(low.update(6, 7, 7)[0], 6.0);
}

TEST(LastSwing, PassesOverMissingValues) {
  LastSwingLow low;
  low.update(3, 4, 4);
  EXPECT_TRUE(is_missing(low.update(kMissing, 4, 4)[0]));
  EXPECT_TRUE(is_missing(low.update(2, kMissing, 4)[0]));
  EXPECT_TRUE(is_missing(low.update(2, 4, kMissing)[1]));
  EXPECT_EQ(low.update(9, 8, 8)[0], 3.0);
}

TEST(LastSwing, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<LastSwingHigh>(LastSwingHigh(), [](LastSwingHigh& op, int i) {
    const auto [value, step] = op.update(i * i % 17, i % 13, i % 11);
    return value + 100 * (is_missing(step) ? 7 : step);
  });
}

}  // namespace
}  // namespace regimetry::features
