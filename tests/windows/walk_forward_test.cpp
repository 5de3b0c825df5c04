#include "windows/walk_forward.hpp"

#include <algorithm>

#include "core/expect_error.hpp"
#include "windows/support/feature_samples.hpp"
#include "windows/support/overlap_by_definition.hpp"
#include "windows/time_axis.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// 187 samples, one at each position of the axis; purge 13.
Windows sampled(const FeatureTable& table) {
  return Windows(table, {.window_size = 10, .horizon = 4});
}

TEST(WalkForward, ExpandsItsTrainingFoldByFold) {
  const FeatureTable table = plain_table(200);
  const std::vector<Fold> folds = walk_forward(sampled(table));
  ASSERT_THAT(folds, SizeIs(5));  // (187 - 13 - 2) / 6 = 28 bars per block
  for (std::size_t k = 0; k < 5; ++k) {
    const auto begin = static_cast<std::int64_t>(187 - 28 * (5 - k));
    EXPECT_EQ(folds[k].test.ranges()[0].begin, begin);
    EXPECT_EQ(folds[k].test.size(), 28);
    EXPECT_EQ(folds[k].train.ranges()[0].begin, 0);
    EXPECT_EQ(folds[k].train.size(), begin - 13 - 2);
    EXPECT_EQ(folds[k].purged, 13);
    EXPECT_EQ(folds[k].embargoed, 2);  // 1 % of 187
  }
  EXPECT_EQ(folds.front().train.size(), 187 - 5 * 28 - 15);
}

TEST(WalkForward, LeavesTheEmbargoOutOnRequest) {
  const FeatureTable table = plain_table(200);
  for (const Fold& fold : walk_forward(sampled(table), {.purge = {0, 0}})) {
    EXPECT_EQ(fold.train.ranges().back().end + 13, fold.test.ranges()[0].begin);
    EXPECT_EQ(fold.embargoed, 0);
  }
}

TEST(WalkForward, LetsExtraBarsLieInsideTheEmbargo) {
  const FeatureTable table = plain_table(200);
  for (const auto& [extra, share, beside] :
       std::vector<std::tuple<int, double, int>>{{5, 0.1, 13 + 19}, {30, 0.1, 13 + 30}, {5, 0.0, 13 + 5}}) {
    for (const Fold& fold :
         walk_forward(sampled(table),
                      {.training = TrainingRange::kRolling, .train_bars = 20, .purge = {extra, share}})) {
      EXPECT_EQ(fold.train.ranges()[0].end + beside, fold.test.ranges()[0].begin);
      EXPECT_EQ(fold.train.size(), 20);
    }
  }
}

// An instrument that is no longer there at the test has an embargo all the same.
TEST(WalkForward, EmbargoesInstrumentsThatEndedBefore) {
  FeatureData data;
  data.instruments = {plain_table(200), plain_table(150, 2, "BBB")};
  const Windows windows(data, {.window_size = 1});
  const Fold fold =
      walk_forward(windows, {.fold_count = 1, .test_bars = 50, .purge = {0, 0.05}}).front();  // 10 bars
  EXPECT_EQ(fold.train.size(), 2 * 140);
  EXPECT_EQ(fold.embargoed, 2 * 10);
}

TEST(WalkForward, RollsATrainingRangeOfTheLengthAskedFor) {
  const FeatureTable table = plain_table(200);
  const std::vector<Fold> folds =
      walk_forward(sampled(table), {.training = TrainingRange::kRolling, .test_bars = 20, .train_bars = 50});
  ASSERT_THAT(folds, SizeIs(6));  // 187 - 50 - 13 - 2 = 122
  for (const Fold& fold : folds) {
    EXPECT_EQ(fold.train.size(), 50);
    EXPECT_EQ(fold.test.size(), 20);
    EXPECT_EQ(fold.train.ranges()[0].end + 13 + 2, fold.test.ranges()[0].begin);
  }
  EXPECT_EQ(folds.back().test.ranges()[0].end, 187);
}

TEST(WalkForward, SurroundsTheTestBlockAndThenEmbargoes) {
  const FeatureTable table = plain_table(200);
  const std::vector<Fold> folds = walk_forward(
      sampled(table), {.training = TrainingRange::kSurrounding, .fold_count = 3, .test_bars = 20});
  ASSERT_THAT(folds, SizeIs(3));
  EXPECT_EQ(folds[0].purged, 26);
  EXPECT_EQ(folds[0].embargoed, 2 + 2);  // 1 % of 187 on either side
  EXPECT_EQ(folds[0].train.size(), 187 - 20 - 26 - 4);
  EXPECT_EQ(folds[2].embargoed, 2);  // nothing follows
}

TEST(WalkForward, TakesTheNewestBlocksWhenAskedForFew) {
  const FeatureTable table = plain_table(200);
  const std::vector<Fold> folds = walk_forward(sampled(table), {.fold_count = 2, .test_bars = 20});
  ASSERT_THAT(folds, SizeIs(2));
  EXPECT_EQ(folds[0].test.ranges()[0].begin, 147);
  EXPECT_EQ(folds[1].test.ranges()[0].end, 187);
}

TEST(WalkForward, StepsAsFarAsAsked) {
  const FeatureTable table = plain_table(200);
  const std::vector<Fold> folds =
      walk_forward(sampled(table), {.test_bars = 20, .step_bars = 5, .train_bars = 100});
  ASSERT_THAT(folds, SizeIs(11));  // (187 - 100 - 13 - 2 - 20) / 5 + 1
  EXPECT_EQ(folds[1].test.ranges()[0].begin - folds[0].test.ranges()[0].begin, 5);
}

TEST(WalkForward, TestsEveryBarOnceAndLeaksNothingForAnyData) {
  RngStream random = Rng(1).stream("walk_forward");
  int made = 0;
  for (int trial = 0; trial < 150; ++trial) {
    const FeatureData data = random_features(random, trial % 2 == 0);
    WindowOptions options{.window_size = between(random, 1, 8),
                          .stride = between(random, 1, 3),
                          .horizon = between(random, 0, 4)};
    if (random.uniform() < 0.3) options.max_gap_bars = 6.0;
    const Windows windows(data, options);
    WalkForwardOptions scheme;
    scheme.training =
        std::vector{TrainingRange::kExpanding, TrainingRange::kRolling,
                    TrainingRange::kSurrounding}[static_cast<std::size_t>(between(random, 0, 2))];
    scheme.fold_count = between(random, 1, 4);
    if (random.uniform() < 0.5) {
      scheme.test_bars = between(random, 12, 40);
      if (random.uniform() < 0.5) scheme.fold_count.reset();
    }
    if (random.uniform() < 0.5) scheme.train_bars = between(random, 12, 40);
    scheme.purge.embargo_share = random.uniform() < 0.3 ? 0.0 : 0.04;
    std::vector<Fold> folds;
    try {
      folds = walk_forward(windows, scheme);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData) << error.what();
      continue;
    }
    const std::vector<PlainSample> samples = spell_out(windows);
    const TimeAxis axis = make_time_axis(windows);
    const std::int64_t embargo = embargo_bars(scheme.purge, axis.size());
    std::vector<int> tested(samples.size(), 0);
    for (const Fold& fold : folds) {
      const Period period = fold.test_periods.front();
      const std::vector<PlainSample> block = decided_in(samples, period);
      for (const PlainSample& sample : samples) {
        if (fold.test.contains(sample.index)) ++tested[static_cast<std::size_t>(sample.index)];
        if (!fold.train.contains(sample.index)) continue;
        ASSERT_FALSE(fold.test.contains(sample.index));
        ASSERT_FALSE(leaks_into(sample, block, period)) << trial;
        ASSERT_TRUE(scheme.training == TrainingRange::kSurrounding || sample.end <= period.first);
        if (sample.end > period.first) continue;
        // The embargo: so many positions of the axis lie after what the sample reads.
        const auto free = std::count_if(axis.stamps.begin(), axis.stamps.end(), [&](TimestampNs stamp) {
          return sample.end <= stamp && stamp < period.first;
        });
        ASSERT_GE(free, embargo) << trial;
      }
    }
    for (const PlainSample& sample : samples) {
      const int expected = sample.decision >= folds.front().test_periods.front().first ? 1 : 0;
      ASSERT_EQ(tested[static_cast<std::size_t>(sample.index)], expected) << trial << " " << sample.index;
    }
    ++made;
  }
  EXPECT_GT(made, 80);
}

TEST(WalkForward, SaysHowManyBarsItNeeds) {
  const FeatureTable table = plain_table(60);  // 47 samples
  EXPECT_THAT(
      message_of(
          ErrorKind::kData,
          [&] { (void)walk_forward(sampled(table), {.fold_count = 2, .test_bars = 10, .train_bars = 20}); }),
      AllOf(HasSubstr("54 bars at which a window ends are needed (20 training + 13 purged + 1 embargo + 20 "
                      "test in 2 blocks), and there are 47"),
            HasSubstr("67 rows without gaps")));
  const FeatureTable enough = plain_table(67);
  EXPECT_EQ(walk_forward(sampled(enough), {.fold_count = 2, .test_bars = 10, .train_bars = 20})
                .front()
                .train.size(),
            20);
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { (void)walk_forward(sampled(table), {.fold_count = 40}); }),
      HasSubstr("55 bars at which a window ends are needed (1 training + 13 purged + 1 embargo + 40"));
}

TEST(WalkForwardOptions, ListEveryProblem) {
  const WalkForwardOptions options{
      .fold_count = 0, .test_bars = 0, .step_bars = -1, .train_bars = 0, .purge = {-1, 2}};
  EXPECT_THAT(options.problems(), SizeIs(6));
  EXPECT_THAT((WalkForwardOptions{.step_bars = 5}).problems(), SizeIs(1));
  EXPECT_THAT(WalkForwardOptions{}.problems(), IsEmpty());
  const FeatureTable table = plain_table(60);
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { (void)walk_forward(sampled(table), options); }),
      AllOf(HasSubstr("fold_count is 0"), HasSubstr("step_bars is -1"), HasSubstr("embargo_share is 2")));
}

}  // namespace
}  // namespace regimetry::windows
