#include "windows/describe_folds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "windows/split_chronological.hpp"
#include "windows/support/feature_samples.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::IsEmpty;
using testing::SizeIs;

TEST(DescribeFold, SaysDatesAndCounts) {
  const FeatureTable table = plain_table(113);
  const Windows windows(table, {.window_size = 10, .horizon = 4});  // 100 samples, decided on days 9..108
  const Fold fold =
      split_chronologically(windows, {.train_share = 0.5, .validation_share = 0.3, .test_share = 0.2});
  const FoldSummary summary = describe_fold(windows, fold);
  EXPECT_EQ(summary.train.samples, 37);
  EXPECT_EQ(summary.train.decided, (Period{9 * kNsPerDay, 45 * kNsPerDay}));
  EXPECT_EQ(summary.test.decided, (Period{89 * kNsPerDay, 108 * kNsPerDay}));
  EXPECT_EQ(summary.purged, 26);
  EXPECT_THAT(summary.overlaps, IsEmpty());
}

TEST(DescribeFold, SpansAllInstrumentsOfARange) {
  FeatureData data;
  data.instruments = {plain_table(20), plain_table(20, 2, "BBB")};
  open_gap(data.instruments[1], 0, 31);  // 30 days later
  const Windows windows(data, {.window_size = 1});
  Fold fold;
  fold.train.append(10, 25);
  EXPECT_EQ(describe_fold(windows, fold).train.decided, (Period{10 * kNsPerDay, 34 * kNsPerDay}));
  fold.train = {};
  fold.train.append(35, 36);
  EXPECT_EQ(describe_fold(windows, fold).train.decided, (Period{45 * kNsPerDay, 45 * kNsPerDay}));
}

TEST(DescribeFold, CountsTheOverlapsOfAFoldThatLeaks) {
  const FeatureTable table = plain_table(60);
  const Windows windows(table, {.window_size = 10});
  Fold fold;
  fold.train.append(0, 20);
  fold.test.append(20, 30);
  EXPECT_THAT(describe_fold(windows, fold).overlaps, SizeIs(1));
}

TEST(DescribeFold, BecomesJson) {
  const FeatureTable table = plain_table(20);
  const Windows windows(table, {.window_size = 1});
  const Fold fold = split_chronologically(windows, {.test_from = 15 * kNsPerDay});
  const nlohmann::json json = to_json(fold, describe_fold(windows, fold));
  EXPECT_EQ(json["train"], (nlohmann::json{{"samples", 15},
                                           {"first", "1970-01-01T00:00:00Z"},
                                           {"last", "1970-01-15T00:00:00Z"},
                                           {"ranges", {{0, 15}}}}));
  EXPECT_EQ(json["validation"]["samples"], 0);
  EXPECT_TRUE(json["validation"]["first"].is_null());
  EXPECT_EQ(json["test_periods"][0]["first"], "1970-01-16T00:00:00Z");
  EXPECT_EQ(json["overlaps"], 0);
}

TEST(DescribeWindows, BecomesJson) {
  FeatureTable table = plain_table(20);
  table.values(0, 0) = kMissing;
  const nlohmann::json json = describe_windows(Windows(table, {.window_size = 5, .stride = 2, .horizon = 1}));
  EXPECT_EQ(json["count"], 7);
  EXPECT_EQ(json["warm_up_rows"], 1);
  EXPECT_EQ(json["rows"], 20);
  EXPECT_EQ(json["instruments"], 1);
}

}  // namespace
}  // namespace regimetry::windows
