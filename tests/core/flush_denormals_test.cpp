#include "core/flush_denormals.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <thread>
#include <vector>

#include "core/parallel.hpp"

namespace regimetry {
namespace {

#if defined(__x86_64__) || defined(__aarch64__)
#define REGIMETRY_NEEDS_FLUSHING static_cast<void>(0)
#else
#define REGIMETRY_NEEDS_FLUSHING GTEST_SKIP() << "this processor has no such mode"
#endif

constexpr float kLeastNormal = std::numeric_limits<float>::min();

// Not computed by the compiler, which knows nothing of the mode.
float halve(float value) {
  volatile float half = 0.5F;
  return value * half;
}

TEST(FlushDenormals, GivesZeroWhereADenormalWouldBe) {
  REGIMETRY_NEEDS_FLUSHING;
  EXPECT_GT(halve(kLeastNormal), 0.0F);
  const FlushDenormals flushed;
  EXPECT_EQ(halve(kLeastNormal), 0.0F);
  EXPECT_EQ(halve(4.0F * kLeastNormal), 2.0F * kLeastNormal);  // normal numbers are as they were
}

TEST(FlushDenormals, ReadsADenormalAsZero) {
  REGIMETRY_NEEDS_FLUSHING;
  volatile float denormal = std::numeric_limits<float>::denorm_min();
  volatile float large = 0x1p100F;
  EXPECT_GT(denormal * large, 0.0F);
  const FlushDenormals flushed;
  EXPECT_EQ(denormal * large, 0.0F);
}

TEST(FlushDenormals, EndsWithItsScopeAndNests) {
  REGIMETRY_NEEDS_FLUSHING;
  EXPECT_FALSE(FlushDenormals::is_active());
  {
    const FlushDenormals outer;
    {
      const FlushDenormals inner;
      EXPECT_TRUE(FlushDenormals::is_active());
    }
    EXPECT_TRUE(FlushDenormals::is_active());
  }
  EXPECT_FALSE(FlushDenormals::is_active());
  EXPECT_GT(halve(kLeastNormal), 0.0F);
}

// What the state of a recurrent network does without input: it halves at every step.
TEST(FlushDenormals, HoldsInsideTheBodyOfALoopOverAPool) {
  REGIMETRY_NEEDS_FLUSHING;
  ThreadPool pool(3);
  std::vector<float> states(64, 1.0F);
  pool.parallel_for(64, 1, [&](IndexRange range) {
    const FlushDenormals flushed;
    float& state = states[static_cast<std::size_t>(range.begin)];
    for (int step = 0; step < 140; ++step) state = halve(state);  // 2^-140 is a denormal float
  });
  EXPECT_EQ(states, std::vector<float>(64, 0.0F));
  pool.parallel_for(64, 1, [&](IndexRange range) {
    states[static_cast<std::size_t>(range.begin)] = FlushDenormals::is_active() ? 1.0F : 0.0F;
  });
  EXPECT_EQ(states, std::vector<float>(64, 0.0F)) << "the workers must be left as they were";
}

}  // namespace
}  // namespace regimetry
