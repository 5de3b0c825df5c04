#include "windows/clean_segments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "windows/support/feature_samples.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureTable;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CleanSegments, AreOneWhereNothingIsMissing) {
  const CleanSegments found = find_clean_segments(plain_table(5), MissingRule::kDrop, std::nullopt);
  EXPECT_THAT(found.segments, ElementsAre(CleanSegment{{0, 5}, 5}));
  EXPECT_EQ(found.warm_up_rows, 0);
  EXPECT_EQ(found.missing_rows, 0);
  EXPECT_EQ(found.gaps, 0);
}

TEST(CleanSegments, EndBeforeAGapAndSoDoTargets) {
  FeatureTable table = plain_table(8);
  open_gap(table, 3, 5);
  const CleanSegments found = find_clean_segments(table, MissingRule::kDrop, 4 * kNsPerDay);
  EXPECT_THAT(found.segments, ElementsAre(CleanSegment{{0, 3}, 3}, CleanSegment{{3, 8}, 8}));
  EXPECT_EQ(found.gaps, 1);
}

TEST(CleanSegments, TakeAStepAsLongAsAllowedForNoGap) {
  FeatureTable table = plain_table(8);
  open_gap(table, 3, 5);
  const CleanSegments found = find_clean_segments(table, MissingRule::kDrop, 5 * kNsPerDay);
  EXPECT_THAT(found.segments, ElementsAre(CleanSegment{{0, 8}, 8}));
  EXPECT_EQ(found.gaps, 0);
}

TEST(CleanSegments, EndBeforeAMissingValueButTargetsReachPastIt) {
  FeatureTable table = plain_table(8);
  table.values(3, 1) = kMissing;
  table.values(4, 0) = kMissing;
  const CleanSegments found = find_clean_segments(table, MissingRule::kDrop, std::nullopt);
  EXPECT_THAT(found.segments, ElementsAre(CleanSegment{{0, 3}, 8}, CleanSegment{{5, 8}, 8}));
  EXPECT_EQ(found.missing_rows, 2);
}

TEST(CleanSegments, TakeAnInfinityForMissing) {
  FeatureTable table = plain_table(4);
  table.values(1, 0) = std::numeric_limits<float>::infinity();
  table.values(2, 0) = -std::numeric_limits<float>::infinity();
  EXPECT_THAT(find_clean_segments(table, MissingRule::kDrop, std::nullopt).segments,
              ElementsAre(CleanSegment{{0, 1}, 4}, CleanSegment{{3, 4}, 4}));
}

TEST(CleanSegments, BeginAfterTheWarmUpOfTheSlowestFeature) {
  FeatureTable table = plain_table(6, 3);
  for (int row = 0; row < 2; ++row) table.values(row, 0) = kMissing;
  for (int row = 0; row < 4; ++row) table.values(row, 2) = kMissing;
  for (const MissingRule rule : {MissingRule::kDrop, MissingRule::kKeep}) {
    const CleanSegments found = find_clean_segments(table, rule, std::nullopt);
    EXPECT_THAT(found.segments, ElementsAre(CleanSegment{{4, 6}, 6}));
    EXPECT_EQ(found.warm_up_rows, 4);
    EXPECT_EQ(found.missing_rows, 0);
  }
}

TEST(CleanSegments, KeepMissingValuesAfterTheWarmUpOnRequest) {
  FeatureTable table = plain_table(6);
  table.values(0, 0) = kMissing;
  table.values(3, 1) = kMissing;
  const CleanSegments found = find_clean_segments(table, MissingRule::kKeep, std::nullopt);
  EXPECT_THAT(found.segments, ElementsAre(CleanSegment{{1, 6}, 6}));
  EXPECT_EQ(found.missing_rows, 0);
}

TEST(CleanSegments, DoNotWaitForAFeatureThatNeverComes) {
  FeatureTable table = plain_table(4);
  for (int row = 0; row < 4; ++row) table.values(row, 1) = kMissing;
  table.values(0, 0) = kMissing;
  EXPECT_EQ(first_usable_row(table), 1);
  EXPECT_THAT(features_without_values(table), ElementsAre(1));
  EXPECT_THAT(find_clean_segments(table, MissingRule::kKeep, std::nullopt).segments,
              ElementsAre(CleanSegment{{1, 4}, 4}));
  EXPECT_THAT(find_clean_segments(table, MissingRule::kDrop, std::nullopt).segments, IsEmpty());
}

TEST(CleanSegments, AreNoneWithoutValuesOrRows) {
  FeatureTable table = plain_table(3);
  table.values.setConstant(kMissing);
  EXPECT_EQ(first_usable_row(table), 3);
  EXPECT_THAT(find_clean_segments(table, MissingRule::kKeep, std::nullopt).segments, IsEmpty());
  EXPECT_THAT(find_clean_segments(plain_table(0), MissingRule::kDrop, std::nullopt).segments, IsEmpty());
}

TEST(CleanSegments, MeasureStepsAcrossAllOfTime) {
  FeatureTable table = plain_table(2);
  table.timestamps = {std::numeric_limits<TimestampNs>::min(), std::numeric_limits<TimestampNs>::max()};
  EXPECT_EQ(find_clean_segments(table, MissingRule::kDrop, kNsPerDay).gaps, 1);
}

}  // namespace
}  // namespace regimetry::windows
