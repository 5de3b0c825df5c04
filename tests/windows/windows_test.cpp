#include "windows/windows.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "core/expect_error.hpp"
#include "windows/support/feature_samples.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureData;
using features::FeatureTable;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// Windows as the header defines them, found by trying every row of every table.
struct PlainWindow {
  std::int64_t instrument, begin;
  friend bool operator==(const PlainWindow&, const PlainWindow&) = default;
};

class PlainWindows {
 public:
  PlainWindows(const FeatureData& data, const WindowOptions& options) : options_(options) {
    for (std::size_t k = 0; k < data.instruments.size(); ++k)
      walk(data.instruments[k], static_cast<std::int64_t>(k));
  }
  [[nodiscard]] const std::vector<PlainWindow>& all() const { return windows_; }

 private:
  void walk(const FeatureTable& table, std::int64_t instrument) {
    std::set<std::int64_t> waiting;  // features that will have a value, but have had none
    for (std::int64_t i = 0; i < table.feature_count(); ++i) {
      for (std::int64_t row = 0; row < table.row_count(); ++row) {
        if (std::isfinite(table.values(row, i))) waiting.insert(i);
      }
    }
    bool is_in_segment = false;
    std::int64_t rows_since_begin = 0;
    for (std::int64_t row = 0; row < table.row_count(); ++row) {
      bool is_missing = false;
      for (std::int64_t i = 0; i < table.feature_count(); ++i) {
        if (std::isfinite(table.values(row, i))) {
          waiting.erase(i);
        } else {
          is_missing = true;
        }
      }
      const bool is_usable = waiting.empty() && (options_.missing == MissingRule::kKeep || !is_missing);
      usable_.push_back(is_usable);
      if (!is_usable || (row > 0 && is_gap(table, row))) is_in_segment = false;
      if (!is_usable) continue;
      rows_since_begin = is_in_segment ? rows_since_begin + 1 : 0;
      is_in_segment = true;
      // The window that ends here, if one does.
      const std::int64_t begin_in_segment = rows_since_begin - options_.window_size + 1;
      if (begin_in_segment < 0 || begin_in_segment % options_.stride != 0) continue;
      if (!has_target(table, row) || row < options_.earliest_last_row.value_or(0)) continue;
      if (options_.earliest_last_stamp &&
          table.timestamps[static_cast<std::size_t>(row)] < *options_.earliest_last_stamp)
        continue;
      windows_.push_back({instrument, row - options_.window_size + 1});
    }
  }
  [[nodiscard]] bool is_gap(const FeatureTable& table, std::int64_t row) const {
    const auto i = static_cast<std::size_t>(row);
    const auto days = static_cast<double>(table.timestamps[i] - table.timestamps[i - 1]) /
                      static_cast<double>(table.timeframe.nanoseconds);
    return options_.max_gap_bars && days > *options_.max_gap_bars;
  }
  [[nodiscard]] bool has_target(const FeatureTable& table, std::int64_t last_row) const {
    for (std::int64_t row = last_row + 1; row <= last_row + options_.horizon; ++row) {
      if (row >= table.row_count() || is_gap(table, row)) return false;
    }
    return true;
  }

  WindowOptions options_;
  std::vector<bool> usable_;
  std::vector<PlainWindow> windows_;
};

WindowOptions random_options(RngStream& random) {
  WindowOptions options;
  options.window_size = between(random, 1, 8);
  options.stride = between(random, 1, 5);
  options.horizon = between(random, 0, 4);
  if (random.uniform() < 0.5) options.max_gap_bars = static_cast<double>(between(random, 1, 6));
  if (random.uniform() < 0.5) options.missing = MissingRule::kKeep;
  if (random.uniform() < 0.3) options.earliest_last_row = between(random, 0, 40);
  if (random.uniform() < 0.3) options.earliest_last_stamp = between(random, 0, 100) * kNsPerDay;
  return options;
}

TEST(Windows, CountsAsTheFormulaSays) {
  for (const std::int64_t rows : {5, 6, 7, 30}) {
    const FeatureTable table = plain_table(rows);
    for (const std::int64_t size : {1, 3, 5}) {
      for (const std::int64_t stride : {1, 2, 7}) {
        const Windows windows(table, {.window_size = size, .stride = stride});
        EXPECT_EQ(windows.size(), (rows - size) / stride + 1) << rows << " " << size << " " << stride;
      }
    }
  }
}

TEST(Windows, EndWhereTheHeaderSays) {
  const FeatureTable table = plain_table(10);
  const Windows windows(table, {.window_size = 4, .stride = 3});
  ASSERT_EQ(windows.size(), 3);
  EXPECT_EQ(windows.window(0).rows, (RowRange{0, 4}));
  EXPECT_EQ(windows.window(2).rows, (RowRange{6, 10}));
  EXPECT_EQ(windows.window(2).last_row(), 9);
  EXPECT_EQ(windows.window(2).stamp, 9 * kNsPerDay);
}

TEST(Windows, LeaveOutThoseWithoutAWholeTarget) {
  const FeatureTable table = plain_table(10);
  const Windows windows(table, {.window_size = 4, .horizon = 3});
  ASSERT_EQ(windows.size(), 4);  // last rows 3..6: row 6 has the target rows 7, 8, 9
  EXPECT_EQ(windows.sample_rows(3), (RowRange{3, 10}));
}

TEST(Windows, TargetsReachPastMissingFeaturesButNotPastGaps) {
  FeatureTable missing = plain_table(8);
  missing.values(5, 0) = kMissing;
  EXPECT_EQ(Windows(missing, {.window_size = 5, .horizon = 3}).size(), 1);
  FeatureTable gap = plain_table(8);
  open_gap(gap, 5, 10);
  EXPECT_THAT(
      message_of(ErrorKind::kData,
                 [&] { (void)Windows(gap, {.window_size = 5, .horizon = 3, .max_gap_bars = 2}); }),
      HasSubstr(
          "8 rows in a row are needed (window_size 5 + horizon 3), and the longest usable stretch has 5"));
}

TEST(Windows, BeginTheStrideAnewAtEverySegment) {
  FeatureTable table = plain_table(12);
  table.values(5, 0) = kMissing;
  const Windows windows(table, {.window_size = 2, .stride = 2});
  std::vector<std::int64_t> begins;
  for (std::int64_t n = 0; n < windows.size(); ++n) begins.push_back(windows.window(n).rows.begin);
  EXPECT_THAT(begins, ElementsAre(0, 2, 6, 8, 10));
}

TEST(Windows, ComeInRunsOfWhichEachWindowIsOne) {
  RngStream random = Rng(5).stream("windows");
  int compared = 0;
  for (int trial = 0; trial < 100; ++trial) {
    const FeatureData data = random_features(random);
    const WindowOptions options = random_options(random);
    if (PlainWindows(data, options).all().empty()) continue;
    const Windows windows(data, options);
    std::int64_t next = 0;
    for (const WindowRun& run : windows.runs()) {
      ASSERT_EQ(run.begin, next) << trial;
      ASSERT_GT(run.size(), 0) << trial;
      for (std::int64_t n = run.begin; n < run.end; ++n) {
        ASSERT_EQ(windows.window(n).instrument, run.instrument) << trial << " " << n;
        ASSERT_EQ(windows.window(n).rows.begin, run.first_row + (n - run.begin) * options.stride)
            << trial << " " << n;
      }
      next = run.end;
    }
    ASSERT_EQ(next, windows.size()) << trial;
    ++compared;
  }
  EXPECT_GT(compared, 60);
}

TEST(Windows, KeepTheirPlaceWhenEarlierOnesAreLeftOut) {
  const FeatureTable table = plain_table(12);
  const Windows windows(table, {.window_size = 2, .stride = 4, .earliest_last_row = 2});
  ASSERT_EQ(windows.size(), 2);
  EXPECT_EQ(windows.window(0).rows, (RowRange{4, 6}));
  const Windows by_stamp(table, {.window_size = 2, .stride = 4, .earliest_last_stamp = 2 * kNsPerDay});
  EXPECT_EQ(by_stamp.window(0).rows, (RowRange{4, 6}));
}

TEST(Windows, MeasureGapsInBarsOrTime) {
  FeatureTable table = plain_table(12);
  open_gap(table, 6, 3);
  EXPECT_EQ(Windows(table, {.window_size = 6}).size(), 7);
  EXPECT_EQ(Windows(table, {.window_size = 6, .max_gap_bars = 3}).size(), 7);
  EXPECT_EQ(Windows(table, {.window_size = 6, .max_gap_bars = 2.9}).size(), 2);
  EXPECT_EQ(Windows(table, {.window_size = 6, .max_gap_ns = 3 * kNsPerDay - 1}).size(), 2);
  table.timeframe = {0, 1};  // months
  EXPECT_EQ(Windows(table, {.window_size = 6, .max_gap_bars = 1}).size(), 7);
  table.timeframe = {};
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { (void)Windows(table, {.window_size = 6, .max_gap_bars = 1}); }),
      HasSubstr("the timeframe of AAA is unknown. Give the longest gap as a duration"));
}

TEST(Windows, SayWhatTheyWereMadeOf) {
  FeatureData data;
  data.instruments = {plain_table(20), plain_table(3, 2, "BBB")};
  data.instruments[0].values(0, 0) = kMissing;
  data.instruments[0].values(9, 0) = kMissing;
  open_gap(data.instruments[0], 15, 9);
  const Windows windows(data, {.window_size = 4, .max_gap_bars = 5});
  EXPECT_EQ(windows.census().rows, 23);
  EXPECT_EQ(windows.census().warm_up_rows, 1);
  EXPECT_EQ(windows.census().missing_rows, 1);
  EXPECT_EQ(windows.census().gaps, 1);
  EXPECT_EQ(windows.census().instruments_without_windows, 1);
  EXPECT_EQ(windows.windows_of(1).size(), 0);
  EXPECT_EQ(windows.windows_of(0).size(), windows.size());
}

TEST(Windows, AreThoseOfTheDefinitionForAnyData) {
  RngStream random = Rng(1).stream("windows");
  int compared = 0;
  for (int trial = 0; trial < 300; ++trial) {
    const FeatureData data = random_features(random);
    const WindowOptions options = random_options(random);
    const PlainWindows expected(data, options);
    if (expected.all().empty()) continue;
    const Windows windows(data, options);
    ASSERT_EQ(windows.size(), static_cast<std::int64_t>(expected.all().size())) << trial;
    for (std::int64_t n = 0; n < windows.size(); ++n) {
      const Window window = windows.window(n);
      const PlainWindow& plain = expected.all()[static_cast<std::size_t>(n)];
      ASSERT_EQ((PlainWindow{window.instrument, window.rows.begin}), plain) << trial << " " << n;
      ASSERT_EQ(window.rows.size(), options.window_size);
      ASSERT_EQ(window.stamp, data.instruments[static_cast<std::size_t>(plain.instrument)]
                                  .timestamps[static_cast<std::size_t>(window.last_row())]);
    }
    ++compared;
  }
  EXPECT_GT(compared, 200);
}

TEST(Windows, NeverSpanAGapOrHoldAMissingValue) {
  RngStream random = Rng(2).stream("windows");
  for (int trial = 0; trial < 100; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = 3, .horizon = 2, .max_gap_bars = 4});
    for (std::int64_t n = 0; n < windows.size(); ++n) {
      ASSERT_TRUE(windows.values(n).allFinite());
      const FeatureTable& table = data.instruments[static_cast<std::size_t>(windows.window(n).instrument)];
      const RowRange rows = windows.sample_rows(n);
      for (std::int64_t row = rows.begin + 1; row < rows.end; ++row) {
        const auto i = static_cast<std::size_t>(row);
        ASSERT_LE(table.timestamps[i] - table.timestamps[i - 1], 4 * kNsPerDay);
      }
    }
  }
}

TEST(Windows, ViewIsTheTableAndGatherIsACopyOfIt) {
  RngStream random = Rng(3).stream("windows");
  for (int trial = 0; trial < 50; ++trial) {
    const FeatureData data = random_features(random);
    const Windows windows(data, {.window_size = between(random, 1, 6),
                                 .stride = between(random, 1, 3),
                                 .missing = MissingRule::kKeep});
    std::vector<std::int64_t> indices;
    for (int i = 0; i < 17; ++i) indices.push_back(between(random, 0, windows.size() - 1));
    const std::int64_t size = windows.window_size();
    const std::int64_t width = windows.feature_count();
    std::vector<float> copy(static_cast<std::size_t>(17 * size * width));
    windows.gather(indices, copy);
    for (std::int64_t b = 0; b < 17; ++b) {
      const Window window = windows.window(indices[static_cast<std::size_t>(b)]);
      const FeatureTable& table = data.instruments[static_cast<std::size_t>(window.instrument)];
      const Windows::View view = windows.values(indices[static_cast<std::size_t>(b)]);
      ASSERT_EQ(view.data(), &table.values(window.rows.begin, 0));
      for (std::int64_t l = 0; l < size; ++l) {
        for (std::int64_t f = 0; f < width; ++f) {
          const float expected = table.values(window.rows.begin + l, f);
          ASSERT_EQ(std::memcmp(&expected, &copy[static_cast<std::size_t>((b * size + l) * width + f)],
                                sizeof(float)),
                    0);
          ASSERT_EQ(std::memcmp(&expected, view.data() + l * width + f, sizeof(float)), 0);
        }
      }
    }
  }
}

TEST(Windows, FindTheFirstFromARowOn) {
  RngStream random = Rng(4).stream("windows");
  for (int trial = 0; trial < 60; ++trial) {
    const FeatureData data = random_features(random);
    const WindowOptions options = random_options(random);
    if (PlainWindows(data, options).all().empty()) continue;
    const Windows windows(data, options);
    for (std::size_t k = 0; k < data.instruments.size(); ++k) {
      const auto instrument = static_cast<std::int64_t>(k);
      const IndexRange range = windows.windows_of(instrument);
      for (std::int64_t row = -3; row < data.instruments[k].row_count() + 3; ++row) {
        std::int64_t expected = range.begin;
        while (expected < range.end && windows.window(expected).last_row() < row) ++expected;
        ASSERT_EQ(windows.first_window_from(instrument, row), expected) << trial << " " << row;
      }
    }
  }
}

TEST(Windows, FindWindowsAmongSegmentsOfVeryUnevenLength) {
  FeatureTable table = plain_table(4000, 1);
  for (std::int64_t row = 1; row < 2000; row += 2) table.values(row, 0) = kMissing;
  const Windows windows(table, {.window_size = 1});
  ASSERT_EQ(windows.size(), 3000);
  for (std::int64_t n = 0; n < 3000; ++n)
    EXPECT_EQ(windows.window(n).last_row(), n < 1000 ? 2 * n : n + 1000);
}

TEST(Windows, GatherRefusesWhatDoesNotFit) {
  const FeatureTable table = plain_table(10);
  const Windows windows(table, {.window_size = 4});
  std::vector<float> out(16);
  const auto gather = [&](std::vector<std::int64_t> indices) {
    return message_of(ErrorKind::kInternal, [&] { windows.gather(indices, out); });
  };
  EXPECT_THAT(gather({1}), HasSubstr("1 windows of 4 x 2 values need room for 8; the buffer has 16"));
  EXPECT_THAT(gather({1, 7}), HasSubstr("there is no window 7; there are 7"));
  EXPECT_THAT(gather({-1, 1}), HasSubstr("there is no window -1"));
}

TEST(Windows, SayHowManyRowsTheyNeedAndHave) {
  for (const std::int64_t rows : {0, 1, 34}) {
    const FeatureTable table = plain_table(rows);
    EXPECT_THAT(
        message_of(ErrorKind::kData, [&] { (void)Windows(table, {.horizon = 5}); }),
        HasSubstr(
            "35 rows in a row are needed (window_size 30 + horizon 5), and the longest usable stretch has " +
            std::to_string(rows) + "."));
  }
  const FeatureTable enough = plain_table(35);
  EXPECT_EQ(Windows(enough, {.horizon = 5}).size(), 1);
}

TEST(Windows, NameAFeatureThatIsMissingThroughout) {
  FeatureTable table = plain_table(50);
  table.values.col(1).setConstant(kMissing);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)Windows(table); }),
              HasSubstr("Feature 'f1' of AAA has no value in any row: leave it out."));
}

TEST(Windows, SayWhenNoneIsLateEnough) {
  const FeatureTable table = plain_table(50);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)Windows(table, {.earliest_last_row = 50}); }),
              HasSubstr("All windows that fit end before the earliest row or stamp asked for"));
}

TEST(WindowOptions, ListEveryProblem) {
  const WindowOptions options{.window_size = 0,
                              .stride = -1,
                              .horizon = -2,
                              .max_gap_bars = std::numeric_limits<double>::quiet_NaN(),
                              .max_gap_ns = 0,
                              .earliest_last_row = -1};
  EXPECT_THAT(options.problems(), SizeIs(7));
  const FeatureTable table = plain_table(50);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)Windows(table, options); }),
              AllOf(HasSubstr("window_size is 0"), HasSubstr("stride is -1"), HasSubstr("horizon is -2"),
                    HasSubstr("max_gap_bars is nan"), HasSubstr("max_gap_ns is 0"),
                    HasSubstr("give one of them"), HasSubstr("earliest_last_row is -1")));
  EXPECT_THAT((WindowOptions{.window_size = std::numeric_limits<std::int64_t>::max()}).problems(), SizeIs(1));
  EXPECT_THAT(WindowOptions{}.problems(), SizeIs(0));
}

}  // namespace
}  // namespace regimetry::windows
