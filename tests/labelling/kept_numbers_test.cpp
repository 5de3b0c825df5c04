#include "labelling/kept_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/temporary_folder.hpp"
#include "labelling/support/regime_walk.hpp"
#include "regimes/alignment/label_mapping_file.hpp"

namespace regimetry::labelling {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(KeptNumbers, AreWrittenOnce) {
  const TemporaryFolder folder;
  const RegimeWalk walk = regime_walk(50);
  EXPECT_FALSE(find_baseline(folder.path()));
  EXPECT_TRUE(keep_numbers(folder.path(), walk.source, walk.truth, std::vector<std::int32_t>{2, 0, 1}));
  const std::vector<std::int32_t> other(100, 5);
  EXPECT_FALSE(keep_numbers(folder.path(), walk.source, other, std::vector<std::int32_t>{5}));
  const auto baseline = find_baseline(folder.path());
  ASSERT_TRUE(baseline);
  EXPECT_EQ(baseline->row_count(), 100);
  ASSERT_NE(baseline->find("BBB"), nullptr);
  EXPECT_EQ(baseline->find("BBB")->labels, std::vector(walk.truth.begin() + 50, walk.truth.end()));
  EXPECT_EQ(baseline->find("BBB")->timestamps[1], kNsPerDay);
  EXPECT_THAT(regimes::read_label_mapping(folder / regimes::kMappingFile),
              ElementsAre(Pair(0, 2), Pair(1, 0), Pair(2, 1)));
}

}  // namespace
}  // namespace regimetry::labelling
