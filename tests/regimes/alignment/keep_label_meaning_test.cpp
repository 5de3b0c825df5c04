#include "regimes/alignment/keep_label_meaning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

class KeepLabelMeaningTest : public testing::Test {
 protected:
  KeptLabels keep(const Labels& labels, const std::vector<double>& returns = {},
                  const KeepLabelOptions& options = {}) {
    std::vector<TimestampNs> stamps;
    for (std::size_t n = 0; n < labels.size(); ++n)
      stamps.push_back(static_cast<std::int64_t>(n) * kNsPerDay);
    const std::vector<IndexRange> sequences{{0, std::ssize(labels)}};
    return keep_label_meaning(folder_.path(), {stamps, labels, sequences, {}}, returns, options);
  }
  [[nodiscard]] std::string stored(const char* name) const { return read_file(folder_.path() / name); }
  TemporaryFolder folder_;
};

TEST_F(KeepLabelMeaningTest, OrdersAFirstRunAndRemembersIt) {
  const KeptLabels kept = keep({-1, 4, 4, 1, 1}, {0, 5, -5, 0.1, -0.1});
  EXPECT_TRUE(kept.is_first_run);
  EXPECT_EQ(kept.aligned.labels, (Labels{-1, 1, 1, 0, 0}));
  EXPECT_EQ(read_label_mapping(folder_.path() / kMappingFile), (LabelMapping{{1, 0}, {4, 1}}));
  EXPECT_EQ(read_baseline(folder_.path() / kBaselineFile).row_count(), 4);
}

TEST_F(KeepLabelMeaningTest, GivesLaterRunsTheSameNumbersAndWritesOnce) {
  keep({4, 4, 1, 1}, {5, -5, 0.1, -0.1});
  const std::string baseline = stored(kBaselineFile), mapping = stored(kMappingFile);
  const KeptLabels kept = keep({0, 0, 3, 3, 3, 8}, {0.1, -0.1, 5, -5, 0, 0});  // returns no longer decide
  EXPECT_FALSE(kept.is_first_run);
  EXPECT_EQ(kept.aligned.labels, (Labels{1, 1, 0, 0, 0, 2}));
  EXPECT_EQ(stored(kBaselineFile), baseline);
  EXPECT_EQ(stored(kMappingFile), mapping);
}

TEST_F(KeepLabelMeaningTest, KnowsANewRegimeAgainWhereTheBaselineGrows) {
  keep({0, 0, 1, 1});
  keep({0, 0, 1, 1, 2, 2}, {}, {.extends_baseline = true});
  // 2 has become 5, and a further regime arose.
  const KeptLabels kept = keep({0, 0, 1, 1, 5, 5, 4}, {}, {.extends_baseline = true});
  EXPECT_EQ(kept.aligned.labels, (Labels{0, 0, 1, 1, 2, 2, 3}));
}

TEST_F(KeepLabelMeaningTest, WritesAMappingThatIsMissingAndRefusesABrokenOne) {
  keep({0, 0, 1, 1});
  std::filesystem::remove(folder_.path() / kMappingFile);
  keep({1, 1, 0, 0});
  EXPECT_EQ(read_label_mapping(folder_.path() / kMappingFile), (LabelMapping{{0, 1}, {1, 0}}));
  write_file_atomically(folder_.path() / kMappingFile, "{}x");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { keep({0, 0, 1, 1}); }), testing::HasSubstr("is not JSON"));
}

TEST_F(KeepLabelMeaningTest, LeavesNothingBehindWhenThereIsNoRegime) {
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           keep({-1, -1});
                         }),
              testing::HasSubstr("no row has a regime"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / kMappingFile));
}

}  // namespace
}  // namespace regimetry::regimes
