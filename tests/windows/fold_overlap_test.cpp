#include "windows/fold_overlap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "windows/split_chronological.hpp"
#include "windows/support/feature_samples.hpp"
#include "windows/support/overlap_by_definition.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;

SampleRanges range(std::int64_t begin, std::int64_t end) {
  SampleRanges ranges;
  ranges.append(begin, end);
  return ranges;
}

// Samples of 10 + 4 rows, 187 of them; test samples 80..99 read the rows 80..112.
class FoldOverlapTest : public testing::Test {
 protected:
  const FeatureTable table_ = plain_table(200);
  const Windows windows_ = Windows(table_, {.window_size = 10, .horizon = 4});
};

TEST_F(FoldOverlapTest, FindsNothingInACleanFold) {
  Fold fold;
  fold.test = range(80, 100);
  fold.train = range(0, 80 - 13);
  fold.train.append(100 + 13, 187);
  EXPECT_THAT(find_overlaps(windows_, fold), IsEmpty());
}

TEST_F(FoldOverlapTest, FindsTheOneSampleTooManyOnEitherSide) {
  Fold before;
  before.test = range(80, 100);
  before.train = range(0, 80 - 12);
  const std::vector<FoldOverlap> found = find_overlaps(windows_, before);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].rule, OverlapRule::kRows);
  EXPECT_EQ(found[0].learned_samples.begin, 67);
  EXPECT_EQ(found[0].learned_samples.end, 68);
  EXPECT_EQ(found[0].held_out_samples.begin, 80);
  EXPECT_EQ(found[0].held_out_samples.end, 100);

  Fold after;
  after.test = range(80, 100);
  after.train = range(100 + 12, 187);
  ASSERT_THAT(find_overlaps(windows_, after), SizeIs(2));  // by rows and by time
  EXPECT_EQ(find_overlaps(windows_, after)[0].learned_samples.begin, 112);
  EXPECT_EQ(find_overlaps(windows_, after)[0].learned_samples.end, 113);
}

TEST_F(FoldOverlapTest, FindsSamplesThatAreInTwoParts) {
  Fold fold;
  fold.test = range(80, 100);
  fold.train = range(90, 91);
  EXPECT_THAT(find_overlaps(windows_, fold),
              Contains(testing::Field(&FoldOverlap::rule, OverlapRule::kRows)));
}

TEST_F(FoldOverlapTest, LooksAtValidationFromBothSides) {
  Fold fold;
  fold.train = range(0, 50);
  fold.validation = range(55, 75);
  fold.test = range(80, 100);
  std::set<std::pair<FoldPart, FoldPart>> pairs;
  for (const FoldOverlap& overlap : find_overlaps(windows_, fold))
    pairs.emplace(overlap.learned, overlap.held_out);
  EXPECT_EQ(pairs, (std::set<std::pair<FoldPart, FoldPart>>{{FoldPart::kTrain, FoldPart::kValidation},
                                                            {FoldPart::kValidation, FoldPart::kTest}}));
}

TEST(FoldOverlap, FindsTrainingOfOneInstrumentInTheTestTimeOfAnother) {
  FeatureData data;
  data.instruments = {plain_table(100), plain_table(100, 2, "BBB")};
  const Windows windows(data, {.window_size = 5, .horizon = 2});  // 94 samples each, decided on days 4..97
  Fold fold;
  fold.test = range(50, 94);            // AAA, decided from day 54 on
  fold.train = range(94, 94 + 50 - 1);  // BBB, the last decided on day 52, its target read on day 54
  const std::vector<FoldOverlap> found = find_overlaps(windows, fold);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].rule, OverlapRule::kTime);
  EXPECT_EQ(found[0].learned_samples.begin, 94 + 48);
  EXPECT_EQ(found[0].learned_samples.end, 94 + 49);
  fold.train = range(94, 94 + 50 - 2);
  EXPECT_THAT(find_overlaps(windows, fold), IsEmpty());
}

TEST(FoldOverlap, SeesThatTheTimeBetweenTwoTestPeriodsIsFree) {
  FeatureData data;
  data.instruments = {plain_table(100), plain_table(100, 2, "BBB")};
  // BBB has no usable row from day 30 to day 70, so that its samples on both sides have consecutive numbers.
  for (int row = 30; row <= 70; ++row) data.instruments[1].values(row, 0) = kMissing;
  const Windows windows(data, {.window_size = 1});
  Fold fold;
  fold.test_periods = {{20 * kNsPerDay, 29 * kNsPerDay}, {71 * kNsPerDay, 80 * kNsPerDay}};
  fold.test = range(100 + 20, 100 + 40);  // all of them BBB
  fold.train = range(40, 60);             // AAA
  EXPECT_THAT(find_overlaps(windows, fold), IsEmpty());
  fold.train = range(25, 26);
  EXPECT_THAT(find_overlaps(windows, fold), SizeIs(1));
}

TEST(FoldOverlap, FindsALongBarThatIsNotOverYet) {
  FeatureData data;
  data.instruments = {plain_table(100), plain_table(300, 2, "BBB")};
  make_intraday(data.instruments[1]);
  const Windows windows(data, {.window_size = 1});
  Fold fold;
  fold.test = range(100 + 61, 100 + 80);  // BBB, from 04:00 of day 10 on
  fold.train = range(0, 10);              // AAA, the last over when day 10 begins
  EXPECT_THAT(find_overlaps(windows, fold), IsEmpty());
  fold.train = range(0, 11);
  ASSERT_THAT(find_overlaps(windows, fold), SizeIs(1));
  EXPECT_EQ(find_overlaps(windows, fold)[0].learned_samples.begin, 10);
}

// Random folds, most of them leaking, against a comparison of every pair of samples.
TEST(FoldOverlap, FindsExactlyTheTrainingSamplesThatOverlap) {
  RngStream random = Rng(1).stream("fold_overlap");
  for (int trial = 0; trial < 120; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = between(random, 1, 6),
                                 .stride = between(random, 1, 5),
                                 .horizon = between(random, 0, 4)});
    const std::vector<PlainSample> samples = spell_out(windows);
    Fold fold;
    fold.test_periods = {{between(random, 60, 80) * kNsPerDay, between(random, 81, 110) * kNsPerDay}};
    const std::vector<PlainSample> test = decided_in(samples, fold.test_periods.front());
    for (const PlainSample& sample : test) fold.test.append(sample.index, sample.index + 1);
    for (std::int64_t n = 0; n < windows.size();) {
      const std::int64_t end = n + between(random, 1, 20);
      if (random.uniform() < 0.5) {
        for (; n < std::min(end, windows.size()); ++n) {
          if (!fold.test.contains(n)) fold.train.append(n, n + 1);
        }
      }
      n = end;
    }
    std::set<std::int64_t> expected;
    for (const std::int64_t n : fold.train.indices()) {
      const PlainSample& sample = samples[static_cast<std::size_t>(n)];
      for (const PlainSample& other : test) {
        // From the first decision of that instrument's test samples to the last target.
        TimestampNs first = other.decision, end = other.end;
        for (const PlainSample& mate : test) {
          if (mate.instrument != other.instrument) continue;
          first = std::min(first, mate.decision);
          end = std::max(end, mate.end);
        }
        if (share_a_row(sample, other) || (sample.end > first && sample.first < end)) expected.insert(n);
      }
    }
    std::set<std::int64_t> found;
    for (const FoldOverlap& overlap : find_overlaps(windows, fold)) {
      for (std::int64_t n = overlap.learned_samples.begin; n < overlap.learned_samples.end; ++n)
        found.insert(n);
    }
    ASSERT_EQ(found, expected) << trial;
  }
}

TEST(FoldOverlap, FindsNothingInOurOwnSplits) {
  RngStream random = Rng(2).stream("fold_overlap");
  for (int trial = 0; trial < 50; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = between(random, 1, 6),
                                 .stride = between(random, 1, 4),
                                 .horizon = between(random, 0, 4)});
    EXPECT_THAT(find_overlaps(windows, split_chronologically(windows, {.train_share = 0.5,
                                                                       .validation_share = 0.25,
                                                                       .test_share = 0.25})),
                IsEmpty());
  }
}

}  // namespace
}  // namespace regimetry::windows
