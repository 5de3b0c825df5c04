#include "features/operators/fisher_transform.hpp"

#include <cmath>

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(FisherTransform, FirstValuesByHand) {
  FisherTransform fisher;
  const double first = 0.33;  // 0.33 * 2 * (1 - 0.5)
  EXPECT_NEAR(fisher.update(1), 0.5 * std::log((1 + first) / (1 - first)), 1e-15);
  const double second = 0.33 + 0.67 * first;
  EXPECT_NEAR(fisher.update(1),
              0.5 * std::log((1 + second) / (1 - second)) + 0.25 * std::log((1 + first) / (1 - first)),
              1e-15);
}

TEST(FisherTransform, IsZeroInTheMiddleAndOdd) {
  FisherTransform up, down, still;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(still.update(0.5), 0.0);
    const double position = 0.5 + 0.5 * std::sin(i);
    EXPECT_NEAR(up.update(position), -down.update(1 - position), 1e-12);
  }
}

TEST(FisherTransform, StaysFiniteAtTheEdge) {
  FisherTransform fisher;
  double value = 0;
  for (int i = 0; i < 1000; ++i) value = fisher.update(1);
  EXPECT_NEAR(value, std::log(1.999 / 0.001), 1e-12);  // the limit of x = y + x / 2, y = log(...) / 2
}

TEST(FisherTransform, PassesOverMissingValues) {
  FisherTransform with_gap, without;
  with_gap.update(0.9);
  without.update(0.9);
  EXPECT_TRUE(is_missing(with_gap.update(kMissing)));
  EXPECT_EQ(with_gap.update(0.2), without.update(0.2));
}

TEST(FisherTransform, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<FisherTransform>(
      FisherTransform(), [](FisherTransform& op, int i) { return op.update((i * i % 17) / 16.0); });
}

}  // namespace
}  // namespace regimetry::features
