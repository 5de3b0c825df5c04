#include "windows/purged_fold.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "core/expect_error.hpp"
#include "windows/support/feature_samples.hpp"
#include "windows/support/overlap_by_definition.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr PurgeOptions kNoEmbargo{0, 0};

TEST(PurgedFold, LeavesOutWindowPlusHorizonLessOneOnEachSide) {
  const FeatureTable table = plain_table(200);
  const Windows windows(table, {.window_size = 10, .horizon = 4});  // 187 samples, one per axis position
  const TimeAxis axis = make_time_axis(windows);
  const Fold fold =
      make_purged_fold(windows, axis, {"fold", {{0, 187}}, std::nullopt, {{80, 100}}}, kNoEmbargo);
  EXPECT_EQ(fold.test.size(), 20);
  EXPECT_EQ(fold.purged, 2 * 13);
  EXPECT_EQ(fold.embargoed, 0);
  ASSERT_THAT(fold.train.ranges(), SizeIs(2));
  EXPECT_EQ(fold.train.ranges()[0].end, 80 - 13);
  EXPECT_EQ(fold.train.ranges()[1].begin, 100 + 13);
}

TEST(PurgedFold, AddsTheEmbargoAfterThePurge) {
  const FeatureTable table = plain_table(200);
  const Windows windows(table, {.window_size = 10, .horizon = 4});
  const TimeAxis axis = make_time_axis(windows);
  const Fold fold =
      make_purged_fold(windows, axis, {"fold", {{0, 187}}, std::nullopt, {{80, 100}}}, {0, 0.05});
  EXPECT_EQ(fold.purged, 2 * 13);
  EXPECT_EQ(fold.embargoed, 9);  // 187 * 0.05, rounded
  EXPECT_EQ(fold.train.ranges()[0].end, 80 - 13);
  EXPECT_EQ(fold.train.ranges()[1].begin, 100 + 13 + 9);
}

TEST(PurgedFold, KeepsExtraRowsFree) {
  const FeatureTable table = plain_table(200);
  const Windows windows(table, {.window_size = 10, .horizon = 4});
  const TimeAxis axis = make_time_axis(windows);
  const Fold fold = make_purged_fold(windows, axis, {"fold", {{0, 187}}, std::nullopt, {{80, 100}}}, {7, 0});
  EXPECT_EQ(fold.train.ranges()[0].end, 80 - 20);
  EXPECT_EQ(fold.train.ranges()[1].begin, 100 + 20);
  EXPECT_EQ(nominal_purge_bars(windows, {7, 0}), 20);
}

TEST(PurgedFold, PurgesNothingWhenSamplesAreSingleRows) {
  const FeatureTable table = plain_table(50);
  const Windows windows(table, {.window_size = 1});
  const Fold fold = make_purged_fold(windows, make_time_axis(windows),
                                     {"fold", {{0, 50}}, std::nullopt, {{20, 30}}}, kNoEmbargo);
  EXPECT_EQ(fold.purged, 0);
  EXPECT_EQ(fold.train.size(), 40);
}

TEST(PurgedFold, PurgesValidationAgainstTestAndTrainingAgainstBoth) {
  const FeatureTable table = plain_table(200);
  const Windows windows(table, {.window_size = 10, .horizon = 4});
  const Fold fold = make_purged_fold(windows, make_time_axis(windows),
                                     {"fold", {{0, 100}}, RowRange{100, 150}, {{150, 187}}}, kNoEmbargo);
  EXPECT_EQ(fold.train.size(), 100 - 13);
  EXPECT_EQ(fold.validation.size(), 50 - 13);
  EXPECT_EQ(fold.test.size(), 37);
  EXPECT_EQ(fold.purged, 26);
}

// One instrument that paused must not cost the other its training rows.
TEST(PurgedFold, LetsAPausePurgeOnlyTheInstrumentThatPaused) {
  FeatureData data;
  data.instruments = {plain_table(300), plain_table(200, 2, "BBB")};
  open_gap(data.instruments[1], 100, 101);  // rows 100.. of BBB lie at days 200..299
  const Windows windows(data, {.window_size = 10});
  const TimeAxis axis = make_time_axis(windows);
  const std::int64_t begin = axis.position_of(202 * kNsPerDay);
  const Fold fold = make_purged_fold(windows, axis,
                                     {"fold", {{0, begin}}, std::nullopt, {{begin, begin + 50}}}, kNoEmbargo);
  // AAA: last rows 9..192. BBB: the first test window (row 102) begins at row 93, so last rows 9..92 are
  // left.
  EXPECT_EQ(fold.train.size(), (192 - 9 + 1) + (92 - 9 + 1));
}

TEST(PurgedFold, CutsAllInstrumentsAtTheSameTime) {
  FeatureData data;
  data.instruments = {plain_table(100), plain_table(100, 2, "BBB")};
  open_gap(data.instruments[1], 0, 51);  // 50 days later
  const Windows windows(data, {.window_size = 5, .horizon = 2});
  const TimeAxis axis = make_time_axis(windows);
  const Fold fold =
      make_purged_fold(windows, axis, {"fold", {{0, 80}}, std::nullopt, {{80, axis.size()}}}, kNoEmbargo);
  const TimestampNs cut = axis.at(80);
  for (const PlainSample& sample : spell_out(windows)) {
    EXPECT_TRUE(!fold.train.contains(sample.index) || sample.end <= cut);
    EXPECT_TRUE(!fold.test.contains(sample.index) || sample.decision >= cut);
  }
}

// A daily bar is known a day after its stamp: the one of day 50 is not past when four-hour bars of that day
// are decided, nor is one that a target reads.
TEST(PurgedFold, WaitsUntilLongBarsAreOver) {
  FeatureData data;
  data.instruments = {plain_table(100), plain_table(300, 2, "BBB")};
  make_intraday(data.instruments[1]);  // days 0..49
  for (TimestampNs& stamp : data.instruments[1].timestamps) stamp += 30 * kNsPerDay;
  const Windows windows(data, {.window_size = 1, .horizon = 1});
  const TimeAxis axis = make_time_axis(windows);
  const std::int64_t begin = axis.position_of(50 * kNsPerDay + 4 * kNsPerHour);
  const Fold fold = make_purged_fold(
      windows, axis, {"fold", {{0, begin}}, std::nullopt, {{begin, axis.size()}}}, kNoEmbargo);
  std::int64_t last_daily = 0;
  for (const std::int64_t n : fold.train.indices()) {
    if (windows.window(n).instrument == 0) last_daily = std::max(last_daily, windows.window(n).stamp);
  }
  // The target of day 48 is the bar of day 49, over at the begin of day 50.
  EXPECT_EQ(last_daily, 48 * kNsPerDay);
}

// Where stamps are ends, the daily bar of stamp 50 covers day 49, which four-hour bars were tested on.
TEST(PurgedFold, KnowsThatBarsBeganBeforeTheirEnds) {
  FeatureData data;
  data.instruments = {plain_table(100), plain_table(300, 2, "BBB")};
  make_intraday(data.instruments[1]);
  for (TimestampNs& stamp : data.instruments[1].timestamps) stamp += 30 * kNsPerDay;
  const auto first_daily_after = [&](market::StampMeaning meaning) {
    const Windows windows(data, {.window_size = 1, .stamp_meaning = meaning});
    const TimeAxis axis = make_time_axis(windows);
    const std::int64_t end = axis.position_after(49 * kNsPerDay + 8 * kNsPerHour);
    const Fold fold = make_purged_fold(
        windows, axis, {"fold", {{end, axis.size()}}, std::nullopt, {{end - 6, end}}}, kNoEmbargo);
    return windows.window(fold.train.indices().front()).stamp;
  };
  EXPECT_EQ(first_daily_after(market::StampMeaning::kBarStart), 50 * kNsPerDay);
  EXPECT_EQ(first_daily_after(market::StampMeaning::kBarEnd), 51 * kNsPerDay);
}

// The last stamp of the embargo after a block that is over at `end`; before all time without one.
TimestampNs embargo_end(const TimeAxis& axis, const PurgeOptions& purge, TimestampNs end) {
  std::int64_t left = embargo_bars(purge, axis.size());
  if (left == 0) return std::numeric_limits<TimestampNs>::min();
  for (const TimestampNs stamp : axis.stamps) {
    if (stamp >= end && --left == 0) return stamp;
  }
  return std::numeric_limits<TimestampNs>::max();
}

TEST(PurgedFold, KeepsExactlyWhatTheRulesAllowForAnyData) {
  RngStream random = Rng(1).stream("purged_fold");
  int compared = 0;
  for (int trial = 0; trial < 150; ++trial) {
    const FeatureData data = random_features(random);
    WindowOptions options{.window_size = between(random, 1, 8),
                          .stride = between(random, 1, 4),
                          .horizon = between(random, 0, 4)};
    if (random.uniform() < 0.5) options.max_gap_bars = 5.0;
    if (random.uniform() < 0.5) options.stamp_meaning = market::StampMeaning::kBarEnd;
    const Windows windows(data, options);
    const TimeAxis axis = make_time_axis(windows);
    const PurgeOptions purge{random.uniform() < 0.5 ? 0 : between(random, 1, 6),
                             random.uniform() < 0.5 ? 0.0 : 0.03};
    FoldLayout layout{"fold", {{0, axis.size()}}, std::nullopt, {}};
    const std::int64_t a = between(random, 20, 60);
    const std::int64_t b = between(random, a + 15, a + 40);
    layout.test = {{a, a + 10}, {b, b + 10}};
    Fold fold;
    try {
      fold = make_purged_fold(windows, axis, layout, purge);
    } catch (const Error&) {
      continue;  // gaps may leave a block without samples
    }
    const std::vector<PlainSample> samples = spell_out(windows);
    std::set<std::int64_t> train, test;
    std::int64_t embargoed = 0;
    for (const PlainSample& sample : samples) {
      bool is_test = false, leaks = false, is_embargoed = false;
      for (const Period& period : fold.test_periods) {
        const std::vector<PlainSample> block = decided_in(samples, period);
        is_test = is_test || (period.first <= sample.decision && sample.decision <= period.last);
        leaks = leaks || leaks_into(sample, block, period) ||
                stands_too_near(windows, sample, block, period, purge.extra_purge_bars);
        const TimestampNs end = end_of_block(block, period);
        is_embargoed = is_embargoed || (sample.begin >= end && sample.begin <= embargo_end(axis, purge, end));
      }
      if (is_test) {
        test.insert(sample.index);
      } else if (!leaks && !is_embargoed) {
        train.insert(sample.index);
      } else if (!leaks) {
        ++embargoed;
      }
    }
    ASSERT_EQ(fold.test.indices(), std::vector<std::int64_t>(test.begin(), test.end())) << trial;
    ASSERT_EQ(fold.train.indices(), std::vector<std::int64_t>(train.begin(), train.end())) << trial;
    ASSERT_EQ(fold.embargoed, embargoed) << trial;
    ASSERT_EQ(fold.purged, windows.size() - fold.train.size() - fold.test.size() - embargoed) << trial;
    ++compared;
  }
  EXPECT_GT(compared, 80);
}

TEST(PurgedFold, SaysWhatItTookWhenNoTrainingSampleIsLeft) {
  const FeatureTable table = plain_table(60);
  const Windows windows(table, {.window_size = 10, .horizon = 4});
  const TimeAxis axis = make_time_axis(windows);
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           (void)make_purged_fold(windows, axis,
                                                  {"fold 1 of 1", {{0, 13}}, std::nullopt, {{13, 47}}},
                                                  kNoEmbargo);
                         }),
              AllOf(HasSubstr("fold 1 of 1: no training sample is left of 13"),
                    HasSubstr("the purge of 13 bars"), HasSubstr("the time axis has 47 bars")));
  EXPECT_EQ(
      make_purged_fold(windows, axis, {"fold", {{0, 14}}, std::nullopt, {{14, 47}}}, kNoEmbargo).train.size(),
      1);
}

TEST(PurgedFold, RefusesATestBlockWithoutWindows) {
  FeatureTable table = plain_table(60);
  for (int row = 30; row < 40; ++row) table.values(row, 0) = kMissing;
  const Windows windows(table, {.window_size = 5});
  const TimeAxis axis = make_time_axis(windows);
  EXPECT_THAT(
      message_of(
          ErrorKind::kData,
          [&] {
            (void)make_purged_fold(windows, axis, {"fold", {{0, 20}}, std::nullopt, {{28, 36}}}, kNoEmbargo);
          }),
      HasSubstr("fold: no window ends in the test block 1970-02-02 to 1970-02-09"));
}

TEST(PurgeOptions, ListEveryProblem) {
  EXPECT_THAT((PurgeOptions{-1, 1.0}).problems(),
              ElementsAre(HasSubstr("extra_purge_bars is -1"), HasSubstr("embargo_share is 1")));
  EXPECT_THAT(PurgeOptions{}.problems(), IsEmpty());
}

TEST(PurgeOptions, EmbargoIsAtLeastOneBarUnlessSwitchedOff) {
  EXPECT_EQ(embargo_bars({0, 0.01}, 1000), 10);
  EXPECT_EQ(embargo_bars({0, 0.01}, 20), 1);
  EXPECT_EQ(embargo_bars({0, 0}, 1000), 0);
}

}  // namespace
}  // namespace regimetry::windows
