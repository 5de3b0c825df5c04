#include <gtest/gtest.h>

#include <algorithm>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

TEST(CheckStamps, CountsRowsThatStepBackAndShowsTheLongestWayBack) {
  Bars bars = healthy_days();
  std::swap(bars.timestamps[10], bars.timestamps[11]);
  std::swap(bars.timestamps[100], bars.timestamps[140]);
  const QualityFinding finding = *find(check(bars), "unordered");
  // The swap far apart steps back twice: from the late stamp, and to the early one.
  EXPECT_EQ(finding.count, 3);
  EXPECT_EQ(finding.first.row, 11);
  EXPECT_EQ(finding.severity, Severity::kWarning);
  EXPECT_TRUE(finding.worst.row == 101 || finding.worst.row == 140);
}

TEST(CheckStamps, NewestFirstIsARemarkAndNothingElse) {
  Bars bars = healthy_days();
  std::vector<std::int64_t> rows;
  for (std::int64_t row = bars.size() - 1; row >= 0; --row) rows.push_back(row);
  const InstrumentQuality quality = check(take_rows(bars, rows));
  ASSERT_EQ(quality.findings.size(), 1U);
  EXPECT_EQ(quality.findings[0].check, "unordered");
  EXPECT_EQ(quality.findings[0].severity, Severity::kInfo);
}

TEST(CheckStamps, SeesWhereTheNextFileStartsEarlier) {
  Bars bars = healthy_days(300);
  bars.origin.first_line = 0;
  std::vector<std::int64_t> rows;  // rows 0..199 of one file, then 150..299 of the next
  for (std::int64_t row = 0; row < 200; ++row) rows.push_back(row);
  for (std::int64_t row = 150; row < 300; ++row) rows.push_back(row);
  bars = take_rows(bars, rows);
  for (std::int64_t i = 0; i < bars.size(); ++i) bars.origin.lines.push_back(i < 200 ? i + 2 : i - 200 + 2);
  bars.origin.files = {{0, "a.csv"}, {200, "b.csv"}};
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "unordered"), 0);
  EXPECT_EQ(count_of(quality, "backwards_across_files"), 1);
  EXPECT_EQ(find(quality, "backwards_across_files")->first.row, 200);
  EXPECT_EQ(find(quality, "backwards_across_files")->first.file, "b.csv");
  EXPECT_EQ(find(quality, "backwards_across_files")->first.line, 2);
  EXPECT_EQ(count_of(quality, "duplicate_exact"), 50);
}

TEST(CheckStamps, TellsRepeatedBarsFromConflictingOnes) {
  Bars bars = healthy_days();
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < bars.size(); ++row) {
    rows.push_back(row);
    if (row == 50 || row == 60) rows.push_back(row);
    if (row == 70) rows.insert(rows.end(), 2, row);
  }
  bars = take_rows(bars, rows);
  bars.close[62] *= 1.001;  // the second of row 60, one further down for the repeat of row 50
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "duplicate_exact"), 3);  // one of row 50, two of row 70
  EXPECT_EQ(find(quality, "duplicate_exact")->severity, Severity::kWarning);
  ASSERT_EQ(count_of(quality, "duplicate_conflict"), 1);
  EXPECT_EQ(find(quality, "duplicate_conflict")->severity, Severity::kError);
  EXPECT_EQ(find(quality, "duplicate_conflict")->first.row, 62);
}

TEST(CheckStamps, AMissingVolumeBesideAMissingVolumeIsARepeat) {
  Bars bars = healthy_days(300);
  bars.volume.assign(300, std::nan(""));
  std::vector<std::int64_t> rows{0, 0};
  for (std::int64_t row = 1; row < 300; ++row) rows.push_back(row);
  EXPECT_EQ(count_of(check(take_rows(bars, rows)), "duplicate_exact"), 1);
}

TEST(CheckStamps, RefusesCenturiesWithoutMarkets) {
  Bars bars = healthy_days();
  bars.timestamps.back() = *parse_iso_timestamp("2101-01-01");
  const QualityFinding late = *find(check(bars), "implausible_stamp");
  EXPECT_EQ(late.count, 1);
  EXPECT_EQ(late.severity, Severity::kError);
  EXPECT_EQ(late.first.values, "stamp 2101-01-01T00:00:00Z");
  bars.timestamps.back() = *parse_iso_timestamp("2100-12-31T23:59:59Z");
  EXPECT_EQ(find(check(bars), "implausible_stamp"), nullptr);
  bars.timestamps.back() = *parse_iso_timestamp("1799-12-31");
  EXPECT_EQ(count_of(check(bars), "implausible_stamp"), 1);
  bars.timestamps.back() = kMissingTime;
  EXPECT_EQ(find(check(bars), "implausible_stamp")->first.values, "stamp missing");
}

}  // namespace
}  // namespace regimetry::market
