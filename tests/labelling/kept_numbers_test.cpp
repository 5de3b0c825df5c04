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
  EXPECT_FALSE(find_kept_numbers(folder.path()));
  keep_numbers(folder.path(), walk.source, {walk.truth, {}, std::vector<std::int32_t>{2, 0, 1}});
  EXPECT_FALSE(find_kept_numbers(folder.path())->asof_labels);
  const std::vector<std::int32_t> other(100, 5);
  keep_numbers(folder.path(), walk.source, {other, other, std::vector<std::int32_t>{5}});
  const std::optional<KeptNumbers> kept = find_kept_numbers(folder.path());
  ASSERT_TRUE(kept);
  const regimes::LabelBaseline& baseline = kept->final_labels;
  EXPECT_EQ(baseline.row_count(), 100);
  ASSERT_NE(baseline.find("BBB"), nullptr);
  EXPECT_EQ(baseline.find("BBB")->labels, std::vector(walk.truth.begin() + 50, walk.truth.end()));
  EXPECT_EQ(baseline.find("BBB")->timestamps[1], kNsPerDay);
  EXPECT_THAT(regimes::read_label_mapping(folder / regimes::kMappingFile),
              ElementsAre(Pair(0, 2), Pair(1, 0), Pair(2, 1)));
  ASSERT_TRUE(kept->asof_labels) << "a later run may be the first to name labels known at the time";
  EXPECT_EQ(kept->asof_labels->find("AAA")->labels, std::vector<std::int32_t>(50, 5));
}

}  // namespace
}  // namespace regimetry::labelling
