#include "nn/modules/attention_pattern.hpp"

#include <gtest/gtest.h>

namespace regimetry::nn {
namespace {

// Row by row which keys may be read: "1110/..." .
std::string picture(const AttentionPattern& pattern, IndexRange readers, IndexRange keys) {
  const torch::Tensor allowed = pattern.allowed(readers, keys, torch::kCPU);
  std::string text;
  for (std::int64_t i = 0; i < allowed.size(0); ++i) {
    for (std::int64_t j = 0; j < allowed.size(1); ++j) text += allowed[i][j].item<bool>() ? '1' : '0';
    text += '/';
  }
  return text;
}

TEST(AttentionPattern, AllowsEverythingUnlessTold) {
  EXPECT_EQ(picture({}, {0, 2}, {0, 3}), "111/111/");
  EXPECT_TRUE(AttentionPattern{}.allows_all({0, 5}, {0, 5}));
}

TEST(AttentionPattern, HidesWhatLiesAhead) {
  const AttentionPattern pattern{.look_ahead_mask = true};
  EXPECT_EQ(picture(pattern, {0, 3}, {0, 3}), "100/110/111/");
  EXPECT_FALSE(pattern.allows_all({0, 3}, {0, 3}));
  EXPECT_TRUE(pattern.allows_all({2, 3}, {0, 3}));
}

TEST(AttentionPattern, ReadsABandOnBothSides) {
  const AttentionPattern pattern{.band = 1};
  EXPECT_EQ(picture(pattern, {0, 4}, {0, 4}), "1100/1110/0111/0011/");
  EXPECT_TRUE(pattern.allows_all({0, 2}, {0, 2}));
}

TEST(AttentionPattern, ReadsTheLastRowsOfABandThatMayNotLookAhead) {
  const AttentionPattern pattern{.look_ahead_mask = true, .band = 2};
  EXPECT_EQ(picture(pattern, {0, 4}, {0, 4}), "1000/1100/0110/0011/");
  const AttentionPattern itself{.look_ahead_mask = true, .band = 1};
  EXPECT_EQ(picture(itself, {0, 3}, {0, 3}), "100/010/001/");
}

// reach_of() against the mask, for every range of readers: no key outside, one at each end inside.
TEST(AttentionPattern, ReachesTheKeysThatItsReadersMayRead) {
  constexpr std::int64_t kRows = 9;
  for (const bool look_ahead_mask : {false, true}) {
    for (const std::int64_t band : {0, 1, 3, 20}) {
      if (look_ahead_mask && band == 0) continue;
      const AttentionPattern pattern{.look_ahead_mask = look_ahead_mask, .band = band};
      for (std::int64_t begin = 0; begin < kRows; ++begin) {
        for (std::int64_t end = begin + 1; end <= kRows; ++end) {
          const torch::Tensor read = pattern.allowed({begin, end}, {0, kRows}, torch::kCPU).any(0);
          const IndexRange reach = pattern.reach_of({begin, end}, kRows);
          EXPECT_EQ(read.sum().item<std::int64_t>(), reach.size());
          EXPECT_TRUE(read.slice(0, reach.begin, reach.end).all().item<bool>());
          const bool is_full = pattern.allowed({begin, end}, reach, torch::kCPU).all().item<bool>();
          EXPECT_EQ(pattern.allows_all({begin, end}, reach), is_full);
        }
      }
    }
  }
}

}  // namespace
}  // namespace regimetry::nn
