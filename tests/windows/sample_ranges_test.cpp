#include "windows/sample_ranges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/rng.hpp"

namespace regimetry::windows {
namespace {

using testing::ElementsAre;

SampleRanges ranges_of(const std::set<std::int64_t>& samples) {
  SampleRanges ranges;
  for (const std::int64_t sample : samples) ranges.append(sample, sample + 1);
  return ranges;
}

TEST(SampleRanges, JoinWhatTouchesOrOverlaps) {
  SampleRanges ranges;
  ranges.append(0, 3);
  ranges.append(3, 5);
  ranges.append(4, 6);
  ranges.append(8, 8);
  ranges.append(9, 10);
  ASSERT_EQ(ranges.ranges().size(), 2U);
  EXPECT_EQ(ranges.size(), 7);
  EXPECT_THAT(ranges.indices(), ElementsAre(0, 1, 2, 3, 4, 5, 9));
}

TEST(SampleRanges, KnowWhatTheyHold) {
  SampleRanges ranges;
  EXPECT_TRUE(ranges.empty());
  EXPECT_FALSE(ranges.contains(0));
  ranges.append(2, 4);
  ranges.append(7, 8);
  EXPECT_FALSE(ranges.contains(1));
  EXPECT_TRUE(ranges.contains(2));
  EXPECT_TRUE(ranges.contains(3));
  EXPECT_FALSE(ranges.contains(4));
  EXPECT_TRUE(ranges.contains(7));
  EXPECT_FALSE(ranges.contains(8));
}

TEST(SampleRanges, SubtractAsSetsDo) {
  RngStream random = Rng(1).stream("sample_ranges");
  for (int trial = 0; trial < 500; ++trial) {
    std::set<std::int64_t> a, b, without;
    const double density = random.uniform();
    for (std::int64_t i = 0; i < 40; ++i) {
      if (random.uniform() < density) a.insert(i);
      if (random.uniform() < 0.5) b.insert(i);
    }
    for (const std::int64_t i : a) {
      if (!b.contains(i)) without.insert(i);
    }
    EXPECT_EQ(ranges_of(a).without(ranges_of(b)).indices(), ranges_of(without).indices());
  }
}

}  // namespace
}  // namespace regimetry::windows
