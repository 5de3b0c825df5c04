#include <gtest/gtest.h>

#include <limits>

#include "market/quality/bars_maker.hpp"
#include "market/quality/row_faults.hpp"

namespace regimetry::market {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(CheckRows, FindsNothingInHealthyBars) {
  const InstrumentQuality quality = check(healthy_days());
  EXPECT_TRUE(quality.findings.empty()) << quality.findings.front().check;
}

TEST(CheckRows, CountsMissingPricesAndPointsAtTheWorstRow) {
  Bars bars = healthy_days();
  bars.open[10] = kNaN;
  bars.open[20] = bars.high[20] = bars.low[20] = bars.close[20] = kNaN;
  bars.close[30] = kNaN;
  const InstrumentQuality quality = check(bars);
  const QualityFinding* finding = find(quality, "missing_price");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 3);
  EXPECT_EQ(finding->severity, Severity::kError);
  EXPECT_EQ(finding->first.row, 10);
  EXPECT_EQ(finding->first.line, 12);  // the header is line 1, row 0 is line 2
  EXPECT_EQ(finding->first.values, "open missing");
  EXPECT_EQ(finding->worst.row, 20);
  EXPECT_EQ(finding->worst.values, "open missing, high missing, low missing, close missing");
  EXPECT_EQ(finding->worst.stamp, bars.timestamps[20]);
}

TEST(CheckRows, TellsInfiniteZeroAndNegativePricesApart) {
  Bars bars = healthy_days();
  bars.high[5] = kInfinity;
  bars.low[6] = 0;
  bars.close[7] = -37.63;
  bars.low[7] = -40;
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "non_finite_price"), 1);
  EXPECT_EQ(find(quality, "non_finite_price")->first.row, 5);
  EXPECT_EQ(count_of(quality, "non_positive_price"), 2);
  EXPECT_EQ(find(quality, "non_positive_price")->worst.row, 7);
  EXPECT_EQ(find(quality, "non_positive_price")->worst.values, "low -40, close -37.63 is not above zero");
}

TEST(CheckRows, YearsOfZeroOpensAreOneFindingWithTheirRange) {
  Bars bars = healthy_days();
  for (std::size_t row = 100; row < 400; ++row) bars.open[row] = 0;
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "non_positive_price"), 0);
  EXPECT_EQ(count_of(quality, "low_above_body"), 0);
  const QualityFinding* finding = find(quality, "open_zero");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 300);
  EXPECT_EQ(finding->title, "open is 0 although high, low and close are there (" +
                                format_timestamp_short(bars.timestamps[100]) + " to " +
                                format_timestamp_short(bars.timestamps[399]) + ")");
}

TEST(CheckRows, CallsEachContradictionByItsName) {
  Bars bars = healthy_days();
  std::swap(bars.high[1], bars.low[1]);
  bars.high[2] = std::max(bars.open[2], bars.close[2]) * 0.999;
  bars.low[3] = std::min(bars.open[3], bars.close[3]) * 1.001;
  bars.high[4] = std::max(bars.open[4], bars.close[4]) * (1 - 1e-8);
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(find(quality, "high_below_low")->first.row, 1);
  EXPECT_EQ(find(quality, "high_below_body")->first.row, 2);
  EXPECT_EQ(find(quality, "low_above_body")->first.row, 3);
  EXPECT_EQ(find(quality, "ohlc_rounding")->first.row, 4);
  EXPECT_EQ(find(quality, "ohlc_rounding")->severity, Severity::kInfo);
  for (const char* key : {"high_below_low", "high_below_body", "low_above_body", "ohlc_rounding"}) {
    EXPECT_EQ(count_of(quality, key), 1) << key;
  }
}

TEST(CheckRows, VolumeCannotBeNegativeOrInfiniteButMayBeMissing) {
  Bars bars = healthy_days();
  bars.volume[1] = -5;
  bars.volume[2] = kInfinity;
  bars.volume[3] = kNaN;
  bars.volume[4] = 0;
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(find(quality, "negative_volume")->severity, Severity::kError);
  EXPECT_EQ(find(quality, "non_finite_volume")->severity, Severity::kError);
  EXPECT_EQ(find(quality, "missing_volume")->severity, Severity::kInfo);
  EXPECT_EQ(find(quality, "zero_volume")->severity, Severity::kWarning);
  EXPECT_EQ(find(quality, "zero_volume")->first.row, 4);
}

TEST(CheckRows, ASourceThatNeverCountsVolumeIsNoWarning) {
  Bars bars = healthy_days();
  bars.volume.assign(bars.volume.size(), 0.0);
  EXPECT_EQ(find(check(bars), "zero_volume")->severity, Severity::kInfo);
  bars.volume.assign(bars.volume.size(), kNaN);
  EXPECT_EQ(find(check(bars), "missing_volume")->title, "the source has no volume");
}

TEST(RowFaults, TheScreenAgreesWithTheJudgementOfEachRow) {
  // Every mix of plain and strange values in the five fields.
  const double values[] = {kNaN, -kInfinity, -1, -0.0, 0, 1, 1.0000001, 2, 3, kInfinity};
  Bars bars = healthy_days(1);
  for (const double open : values) {
    for (const double high : values) {
      for (const double low : values) {
        for (const double close : values) {
          for (const double volume : {kNaN, -1.0, 0.0, 7.0, kInfinity, -kInfinity}) {
            bars.open[0] = open, bars.high[0] = high, bars.low[0] = low, bars.close[0] = close,
            bars.volume[0] = volume;
            const BarValues bar = values_at(bars, 0);
            ASSERT_EQ(any_fault(bars, 0, 1), !faults_of(bar).empty())
                << open << " " << high << " " << low << " " << close << " " << volume;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace regimetry::market
