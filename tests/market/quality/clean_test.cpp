#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string refusal_of(const Bars& bars) {
  try {
    static_cast<void>(clean_with(bars, BadRowPolicy::kError));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    return error.what();
  }
  return "no error";
}

void expect_right(const Bars& bars) {
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    ASSERT_TRUE(i == 0 || bars.timestamps[i] > bars.timestamps[i - 1]) << i;
    ASSERT_TRUE(bars.low[i] > 0 && std::isfinite(bars.high[i])) << i;
    ASSERT_TRUE(bars.low[i] <= bars.open[i] && bars.low[i] <= bars.close[i]) << i;
    ASSERT_TRUE(bars.high[i] >= bars.open[i] && bars.high[i] >= bars.close[i]) << i;
    ASSERT_TRUE(std::isnan(bars.volume[i]) || (bars.volume[i] >= 0 && std::isfinite(bars.volume[i]))) << i;
  }
}

Bars damaged() {
  Bars bars = healthy_days();
  bars.open[10] = kNaN;
  std::swap(bars.high[20], bars.low[20]);
  bars.high[30] = std::max(bars.open[30], bars.close[30]) * 0.999;
  bars.close[40] = -1;
  bars.volume[50] = -7;
  bars.low[60] = std::numeric_limits<double>::infinity();
  bars.open[70] = 0;
  bars.timestamps[80] = kMissingTime;
  return bars;
}

TEST(Clean, HealthyBarsPassUntouched) {
  const Bars bars = healthy_days();
  const CleanResult result = clean_with(bars, BadRowPolicy::kError);
  EXPECT_EQ(result.data.instruments[0].close, bars.close);
  EXPECT_EQ(result.report.instruments[0].rows_kept, 600);
  EXPECT_EQ(result.data.metadata["quality"]["errors"], 0);
}

TEST(Clean, RefusesWithFileLineStampValuesAndWayOut) {
  Bars bars = healthy_days();
  bars.high[116] = 90;
  bars.low[116] = 95;
  bars.source = "eurusd.csv";
  EXPECT_EQ(
      refusal_of(bars),
      "eurusd.csv:118: TEST " + format_timestamp_short(bars.timestamps[116]) +
          ": high 90 is below low 95. Correct the data, or pass --on-bad-row=drop to leave such rows out, or "
          "--on-bad-row=repair to mend those that have one right reading and drop the rest.");
}

TEST(Clean, RefusesWithCountAndTheFirstThree) {
  const std::string message = refusal_of(damaged());
  EXPECT_THAT(message, HasSubstr("8 rows cannot be right; the first 3:\n  test.csv:12: "));
  EXPECT_THAT(message, HasSubstr("open missing\n  test.csv:22: "));
  EXPECT_THAT(message, HasSubstr("test.csv:32: "));
  EXPECT_THAT(message, testing::Not(HasSubstr("test.csv:42")));
}

TEST(Clean, SaysRowWhereFilesHaveNoLines) {
  Bars bars = healthy_days();
  bars.origin = {};
  bars.open[10] = kNaN;
  EXPECT_THAT(refusal_of(bars), HasSubstr("test.csv: row 11 of TEST, "));
}

TEST(Clean, EveryFaultIsRefusedByDefault) {
  const Bars healthy = healthy_days();
  const auto expect_refused = [&](auto damage) {
    Bars bars = healthy;
    damage(bars);
    EXPECT_NE(refusal_of(bars), "no error");
  };
  expect_refused([](Bars& b) { b.open[5] = kNaN; });
  expect_refused([](Bars& b) { b.close[5] = std::numeric_limits<double>::infinity(); });
  expect_refused([](Bars& b) { b.low[5] = 0; });
  expect_refused([](Bars& b) { b.open[5] = 0; });
  expect_refused([](Bars& b) { std::swap(b.high[5], b.low[5]); });
  expect_refused([](Bars& b) { b.high[5] = b.low[5]; });
  expect_refused([](Bars& b) { b.volume[5] = -1; });
  expect_refused([](Bars& b) { b.timestamps[5] = kMissingTime; });
  expect_refused([](Bars& b) { b.timestamps[5] = b.timestamps[4]; });
}

TEST(Clean, DropLeavesOutExactlyTheRowsThatCannotBeRight) {
  const CleanResult result = clean_with(damaged(), BadRowPolicy::kDrop);
  const Bars& bars = result.data.instruments[0];
  expect_right(bars);
  EXPECT_EQ(bars.size(), 592);
  const Bars healthy = healthy_days();
  EXPECT_EQ(bars.timestamps[10], healthy.timestamps[11]);
  EXPECT_EQ(bars.close.back(), healthy.close.back());
  EXPECT_EQ(find(result.report.instruments[0], "missing_price")->action, "1 row: dropped");
}

TEST(Clean, RepairMendsWhatHasOneRightReadingAndDropsTheRest) {
  const CleanResult result = clean_with(damaged(), BadRowPolicy::kRepair);
  const Bars& bars = result.data.instruments[0];
  expect_right(bars);
  EXPECT_EQ(bars.size(), 595);  // kept: the swap, the widened high, the unknown volume
  const InstrumentQuality& quality = result.report.instruments[0];
  EXPECT_EQ(find(quality, "high_below_low")->action, "1 row: swapped high and low");
  EXPECT_EQ(find(quality, "high_below_body")->action, "1 row: widened high and low to hold open and close");
  EXPECT_EQ(find(quality, "negative_volume")->action, "1 row: marked the volume as missing");
  EXPECT_EQ(find(quality, "open_zero")->action, "1 row: dropped");
  EXPECT_EQ(quality.rows_read, 600);
  EXPECT_EQ(quality.rows_kept, 595);
  const Bars healthy = healthy_days();
  EXPECT_EQ(bars.high[19], healthy.high[20]);  // one row before it was dropped
}

TEST(Clean, OrderAndRepeatsAreMendedUnderEveryPolicyAndSaid) {
  const Bars healthy = healthy_days();
  std::vector<std::int64_t> rows;
  for (std::int64_t row = healthy.size() - 1; row >= 0; --row)
    rows.insert(rows.end(), row % 50 == 0 ? 2 : 1, row);
  for (const BadRowPolicy policy : {BadRowPolicy::kError, BadRowPolicy::kDrop, BadRowPolicy::kRepair}) {
    const CleanResult result = clean_with(take_rows(healthy, rows), policy);
    EXPECT_EQ(result.data.instruments[0].timestamps, healthy.timestamps);
    EXPECT_EQ(result.data.instruments[0].close, healthy.close);
    EXPECT_EQ(find(result.report.instruments[0], "unordered")->action, "sorted");
    EXPECT_EQ(find(result.report.instruments[0], "duplicate_exact")->action,
              "12 rows: left out, one of each kept");
  }
}

TEST(Clean, OfRepeatedBarsTheOneWithMoreExtrasStays) {
  Bars bars = healthy_days(300);
  Column trades{.name = "trades",
                .kind = ColumnKind::kNumber,
                .numbers = {},
                .codes = {},
                .categories = {},
                .times = {}};
  trades.numbers.assign(300, 9.0);
  bars.extras.push_back(trades);
  std::vector<std::int64_t> rows{0, 0};
  for (std::int64_t row = 1; row < 300; ++row) rows.push_back(row);
  bars = take_rows(bars, rows);
  bars.extras[0].numbers[0] = kNaN;
  EXPECT_EQ(clean_with(bars, BadRowPolicy::kError).data.instruments[0].extras[0].numbers[0], 9.0);
}

TEST(Clean, AConflictNamesBothLinesAndDropKeepsTheLast) {
  const Bars healthy = healthy_days(300);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < 300; ++row) rows.insert(rows.end(), row == 100 ? 2 : 1, row);
  Bars bars = take_rows(healthy, rows);
  bars.origin.lines.clear();
  bars.origin.first_line = 2;
  bars.volume[100] = 5;  // the bar as it was while still being built
  const std::string message = refusal_of(bars);
  EXPECT_THAT(message, HasSubstr("test.csv:102: "));
  EXPECT_THAT(message, HasSubstr("same stamp as line 103 with other values"));
  const CleanResult result = clean_with(bars, BadRowPolicy::kDrop);
  EXPECT_EQ(result.data.instruments[0].volume, healthy.volume);
  EXPECT_EQ(find(result.report.instruments[0], "duplicate_conflict")->action,
            "1 row: dropped, the last of each kept");
}

TEST(Clean, ABadRowDoesNotWinAgainstAGoodOneWithItsStamp) {
  const Bars healthy = healthy_days(300);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < 300; ++row) rows.insert(rows.end(), row == 100 ? 2 : 1, row);
  Bars bars = take_rows(healthy, rows);
  bars.close[101] = kNaN;
  EXPECT_EQ(clean_with(bars, BadRowPolicy::kDrop).data.instruments[0].close, healthy.close);
}

TEST(Clean, RoundingIsWidenedUnderEveryPolicy) {
  Bars bars = healthy_days();
  bars.high[7] = std::max(bars.open[7], bars.close[7]) * (1 - 1e-8);
  for (const BadRowPolicy policy : {BadRowPolicy::kError, BadRowPolicy::kDrop, BadRowPolicy::kRepair}) {
    const CleanResult result = clean_with(bars, policy);
    EXPECT_EQ(result.data.instruments[0].size(), 600);
    expect_right(result.data.instruments[0]);
  }
}

TEST(Clean, MeasuresTheRateAgainWhenRowsWentAway) {
  Bars bars = healthy_days(300);
  for (std::size_t i = 0; i < 100; ++i) bars.close[i] = kNaN;
  const Bars cleaned = clean_with(bars, BadRowPolicy::kDrop).data.instruments[0];
  EXPECT_DOUBLE_EQ(cleaned.bars_per_year, infer_timeframe(cleaned.timestamps).bars_per_year);
}

TEST(Clean, KeepsAKnownTimeframeWhenARowGoesAway) {
  Bars bars = healthy_bars(steady_stamps(100, 2 * kNsPerMinute));
  bars.timeframe = Timeframe{kNsPerMinute, 0};  // as a folder may say
  std::vector<std::int64_t> rows = {0};
  for (std::int64_t row = 0; row < 100; ++row) rows.push_back(row);
  EXPECT_EQ(clean_with(take_rows(bars, rows), BadRowPolicy::kError).data.instruments[0].timeframe.name(),
            "1m");
}

TEST(Clean, NothingLeftIsAnError) {
  Bars bars = healthy_days(20);
  bars.close.assign(20, kNaN);
  EXPECT_THROW(static_cast<void>(clean_with(bars, BadRowPolicy::kDrop)), Error);
}

TEST(Clean, ReportIsTheSameForEveryNumberOfThreads) {
  MarketData data;
  for (int i = 0; i < 20; ++i) {
    data.instruments.push_back(damaged());
    data.instruments.back().symbol = "S" + std::to_string(i);
  }
  std::vector<std::string> reports;
  for (const int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    QualityOptions options;
    options.on_bad_row = BadRowPolicy::kRepair;
    reports.push_back(to_json(clean(data, options, pool, silent_observer()).report).dump());
  }
  EXPECT_EQ(reports[0], reports[1]);
  EXPECT_EQ(reports[0], reports[2]);
}

TEST(QualityOptions, ListsEveryProblem) {
  EXPECT_TRUE(QualityOptions{}.problems().empty());
  QualityOptions options;
  options.jump_deviations = 0;
  options.frozen_bars = 1;
  options.gap_factor = 0.5;
  options.min_history_bars = -1;
  EXPECT_EQ(options.problems().size(), 4U);
}

}  // namespace
}  // namespace regimetry::market
