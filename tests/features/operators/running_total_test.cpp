#include "features/operators/running_total.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(RunningTotal, AddsUpAndPassesOverMissingValues) {
  RunningTotal total;
  EXPECT_EQ(total.update(3), 3);
  EXPECT_EQ(total.update(-5), -2);
  EXPECT_TRUE(is_missing(total.update(kMissing)));
  EXPECT_EQ(total.update(0.5), -1.5);
}

TEST(RunningTotal, DoesNotDriftInTenMillionFractions) {
  RunningTotal total;
  constexpr int kCount = 10'000'000;
  double last = 0, plain = 0;
  for (int i = 0; i < kCount; ++i) {
    last = total.update(0.1);
    plain += 0.1;
  }
  const auto exact = static_cast<double>(static_cast<long double>(0.1) * kCount);
  EXPECT_DOUBLE_EQ(last, exact);
  EXPECT_GT(std::abs(plain - exact), 1e-6);  // what a plain sum makes of it
}

TEST(RunningTotal, ForgetsNothingWhenALargeValueComesAndGoes) {
  RunningTotal total;
  total.update(1);
  total.update(1e100);
  total.update(1);
  EXPECT_EQ(total.update(-1e100), 2);
}

TEST(RunningTotal, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<RunningTotal>(
      RunningTotal(), [](RunningTotal& op, int i) { return op.update(0.1 * (i * i % 17) - 0.7); });
}

}  // namespace
}  // namespace regimetry::features
