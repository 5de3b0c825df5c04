#include "windows/split_chronological.hpp"

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

TEST(SplitChronologically, CutsTimeByShares) {
  const FeatureTable table = plain_table(100);
  const Windows windows(table, {.window_size = 1});
  const Fold fold = split_chronologically(windows);
  EXPECT_EQ(fold.train.size(), 70);
  EXPECT_EQ(fold.validation.size(), 15);
  EXPECT_EQ(fold.test.size(), 15);
  EXPECT_EQ(fold.purged, 0);
}

TEST(SplitChronologically, PurgesBeforeEachCut) {
  const FeatureTable table = plain_table(113);
  const Windows windows(table, {.window_size = 10, .horizon = 4});  // 100 samples
  const Fold fold =
      split_chronologically(windows, {.train_share = 0.5, .validation_share = 0.3, .test_share = 0.2});
  EXPECT_EQ(fold.train.size(), 50 - 13);
  EXPECT_EQ(fold.validation.size(), 30 - 13);
  EXPECT_EQ(fold.test.size(), 20);
  EXPECT_EQ(fold.purged, 26);
  EXPECT_EQ(fold.embargoed, 0);
}

TEST(SplitChronologically, NeedsNoValidation) {
  const FeatureTable table = plain_table(100);
  const Windows windows(table, {.window_size = 1});
  const Fold fold =
      split_chronologically(windows, {.train_share = 0.8, .validation_share = 0, .test_share = 0.2});
  EXPECT_TRUE(fold.validation.empty());
  EXPECT_FALSE(fold.validation_period.has_value());
  EXPECT_EQ(fold.train.size(), 80);
}

TEST(SplitChronologically, CutsAtDates) {
  const FeatureTable table = plain_table(100);
  const Windows windows(table, {.window_size = 1});
  const Fold fold =
      split_chronologically(windows, {.test_from = 60 * kNsPerDay, .validation_from = 49 * kNsPerDay + 1});
  EXPECT_EQ(fold.train.size(), 50);
  EXPECT_EQ(fold.validation.size(), 10);
  EXPECT_EQ(fold.test.size(), 40);
  EXPECT_EQ(fold.test_periods.front(), (Period{60 * kNsPerDay, 99 * kNsPerDay}));
  EXPECT_EQ(split_chronologically(windows, {.test_from = 60 * kNsPerDay}).train.size(), 60);
}

TEST(SplitChronologically, KeepsThePartsApartForAnyData) {
  RngStream random = Rng(1).stream("split");
  for (int trial = 0; trial < 80; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = between(random, 1, 6),
                                 .stride = between(random, 1, 4),
                                 .horizon = between(random, 0, 4)});
    const Fold fold =
        split_chronologically(windows, {.train_share = 0.5, .validation_share = 0.25, .test_share = 0.25});
    const std::vector<PlainSample> samples = spell_out(windows);
    const std::vector<PlainSample> test = decided_in(samples, fold.test_periods.front());
    const std::vector<PlainSample> validation = decided_in(samples, *fold.validation_period);
    for (const PlainSample& sample : samples) {
      const bool learns = fold.train.contains(sample.index);
      const bool tunes = fold.validation.contains(sample.index);
      ASSERT_LE(static_cast<int>(learns) + static_cast<int>(tunes) +
                    static_cast<int>(fold.test.contains(sample.index)),
                1);
      if (learns || tunes) {
        ASSERT_FALSE(leaks_into(sample, test, fold.test_periods.front()));
        ASSERT_LE(sample.end, fold.test_periods.front().first);
      }
      ASSERT_FALSE(learns && leaks_into(sample, validation, *fold.validation_period));
    }
    ASSERT_EQ(fold.test.size(), static_cast<std::int64_t>(test.size()));
    ASSERT_EQ(fold.train.size() + fold.validation.size() + fold.test.size() + fold.purged, windows.size());
  }
}

TEST(SplitChronologically, SaysHowManyBarsThereAre) {
  const FeatureTable table = plain_table(31);
  const Windows windows(table);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)split_chronologically(windows); }),
              AllOf(HasSubstr("the time axis has 2 bars"), HasSubstr("at least 1 bar")));
}

TEST(SplitChronologically, SaysWhenThePurgeTakesEverything) {
  const FeatureTable table = plain_table(70);
  const Windows windows(table, {.horizon = 5});  // 36 samples, 25 before validation, purge 34
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)split_chronologically(windows); }),
              AllOf(HasSubstr("no validation sample is left of 6"), HasSubstr("purge of 34 bars")));
}

TEST(SplitChronologically, RefusesDatesOutsideTheData) {
  const FeatureTable table = plain_table(100);
  const Windows windows(table, {.window_size = 1});
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)split_chronologically(windows, {.test_from = 0}); }),
              HasSubstr("test_from is 1970-01-01, but windows end from 1970-01-01 to 1970-04-10"));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] { (void)split_chronologically(windows, {.test_from = 100 * kNsPerDay}); }),
              HasSubstr("test_from is 1970-04-11"));
}

TEST(SplitOptions, ListEveryProblem) {
  const SplitOptions options{.train_share = 0,
                             .validation_share = -0.1,
                             .test_share = 1,
                             .validation_from = 3,
                             .extra_purge_bars = -1};
  EXPECT_THAT(options.problems(), SizeIs(6));
  EXPECT_THAT((SplitOptions{.test_from = 3, .validation_from = 3}).problems(), SizeIs(1));
  EXPECT_THAT(SplitOptions{}.problems(), IsEmpty());
  EXPECT_THAT((SplitOptions{.train_share = 7, .test_from = 3}).problems(), IsEmpty());  // shares mean nothing
  EXPECT_THAT((SplitOptions{.train_share = 0.7, .validation_share = 0.1, .test_share = 0.1}).problems(),
              testing::ElementsAre(HasSubstr("0.7, 0.1 and 0.1, which adds up to 0.9; it")));
  const FeatureTable table = plain_table(100);
  const Windows windows(table);
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { (void)split_chronologically(windows, options); }),
      AllOf(HasSubstr("train_share is 0"), HasSubstr("test_share is 1"), HasSubstr("adds up to 0.9")));
}

}  // namespace
}  // namespace regimetry::windows
