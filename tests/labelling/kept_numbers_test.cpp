#include "labelling/kept_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "labelling/support/regime_walk.hpp"

namespace regimetry::labelling {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(KeptNumbers, AreWrittenOnceAndReadForTheSameRows) {
  const TemporaryFolder folder;
  const RegimeWalk walk = regime_walk(50);
  EXPECT_THAT(read_baseline_numbers(folder.path(), walk.source).numbers, IsEmpty());
  EXPECT_TRUE(keep_numbers(folder.path(), walk.source, walk.truth, std::vector<std::int32_t>{0, 1, 2}));
  const BaselineNumbers known = read_baseline_numbers(folder.path(), walk.source);
  EXPECT_EQ(known.numbers, walk.truth);
  EXPECT_EQ(known.common_rows, 100);
  const std::vector<std::int32_t> other(100, 5);
  EXPECT_FALSE(keep_numbers(folder.path(), walk.source, other, std::vector<std::int32_t>{5}));
  EXPECT_EQ(read_baseline_numbers(folder.path(), walk.source).numbers, walk.truth);
}

TEST(KeptNumbers, OfRowsThatTheBaselineHasNotAreNone) {
  const TemporaryFolder folder;
  const RegimeWalk walk = regime_walk(50);
  (void)keep_numbers(folder.path(), walk.source, walk.truth, std::vector<std::int32_t>{0, 1, 2});
  const RegimeWalk longer = regime_walk(60);
  const BaselineNumbers known = read_baseline_numbers(folder.path(), longer.source);
  EXPECT_EQ(known.common_rows, 100);
  EXPECT_EQ(known.numbers[49], walk.truth[49]);
  EXPECT_EQ(known.numbers[50], -1);
  EXPECT_EQ(known.numbers[60], walk.truth[50]);
}

TEST(KeptNumbers, AreRefusedForRowsOfAnotherMarket) {
  const TemporaryFolder folder;
  RegimeWalk walk = regime_walk(50);
  (void)keep_numbers(folder.path(), walk.source, walk.truth, std::vector<std::int32_t>{0, 1, 2});
  walk.source.instruments[0].symbol = "CCC";
  walk.source.instruments[1].symbol = "DDD";
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_baseline_numbers(folder.path(), walk.source); }),
              HasSubstr("no row of walk.npy is in it"));
}

}  // namespace
}  // namespace regimetry::labelling
