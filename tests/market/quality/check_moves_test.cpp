#include <gtest/gtest.h>

#include <cmath>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

TEST(CheckMoves, FindsAPlantedJumpAndNothingElse) {
  Bars bars = healthy_days();
  scale_prices(bars, 300, 1.27);  // 24% up for good; returns are uniform within 1%, robust deviation 0.74%
  const InstrumentQuality quality = check(bars);
  ASSERT_EQ(quality.findings.size(), 1U);
  EXPECT_EQ(quality.findings[0].check, "jump");
  EXPECT_EQ(quality.findings[0].count, 1);
  EXPECT_EQ(quality.findings[0].first.row, 300);
  EXPECT_EQ(quality.findings[0].severity, Severity::kWarning);
}

TEST(CheckMoves, TheThresholdCountsRobustDeviations) {
  // |r| has median 0.5% of the uniform's 1%, so one robust deviation is 0.74%.
  Bars bars = healthy_days(4000);
  scale_prices(bars, 2000, std::exp(0.0074 * 9));
  EXPECT_EQ(count_of(check(bars), "jump"), 0);
  QualityOptions strict;
  strict.jump_deviations = 6;
  EXPECT_EQ(count_of(check(bars, strict), "jump"), 1);
}

TEST(CheckMoves, AVolatileEraIsNoRowOfJumps) {
  Bars calm = healthy_days(3000);
  Bars bars = calm;
  // Ten times the returns from bar 1000 to 2000: rebuild the closes and keep bars consistent.
  double log_close = std::log(calm.close[0]);
  for (std::size_t i = 1; i < 3000; ++i) {
    const double r = std::log(calm.close[i] / calm.close[i - 1]) * (i >= 1000 && i < 2000 ? 10 : 1);
    bars.open[i] = std::exp(log_close);
    log_close += r;
    bars.close[i] = std::exp(log_close);
    bars.high[i] = std::max(bars.open[i], bars.close[i]) * 1.001;
    bars.low[i] = std::min(bars.open[i], bars.close[i]) * 0.999;
  }
  EXPECT_EQ(check(bars).findings.size(), 0U);
}

TEST(CheckMoves, NightsAreJudgedAgainstNights) {
  // Each night moves by up to 3%, each 5-minute bar by up to 0.1%.
  std::vector<TimestampNs> stamps = session_stamps(364);
  Bars bars = healthy_bars(stamps, 0.001);
  for (std::int64_t row = 78; row < bars.size(); row += 78) {
    scale_prices(bars, row, std::exp((row / 78) % 2 == 0 ? 0.03 : -0.028));
  }
  EXPECT_EQ(check(bars).findings.size(), 0U);
  scale_prices(bars, 78 * 100 + 40, 1.028);  // the same size within a session is a jump
  EXPECT_EQ(count_of(check(bars), "jump"), 1);
}

TEST(CheckMoves, ASlippedDecimalOfTheWholeBarIsOneSpike) {
  Bars bars = healthy_days();
  scale_prices(bars, 300, 10, 301);
  const InstrumentQuality quality = check(bars);
  ASSERT_EQ(quality.findings.size(), 1U);
  EXPECT_EQ(quality.findings[0].check, "spike_reverted");
  EXPECT_EQ(quality.findings[0].count, 1);
  EXPECT_EQ(quality.findings[0].first.row, 300);
}

TEST(CheckMoves, ASlippedDecimalOfOneFieldIsFoundBesideItsNeighbours) {
  Bars bars = healthy_days();
  bars.low[100] /= 10;
  bars.high[200] *= 100;
  bars.open[250] *= 10;
  bars.high[250] *= 10;
  const QualityFinding finding = *find(check(bars), "spike_reverted");
  EXPECT_EQ(finding.count, 3);
  EXPECT_EQ(finding.first.row, 100);
  EXPECT_EQ(finding.first.values.substr(0, 4), "low ");
  EXPECT_EQ(finding.worst.row, 200);  // a hundred times is further than ten times
}

TEST(CheckMoves, AMadeUpFirstBarIsASpike) {
  Bars bars = healthy_days();
  EXPECT_EQ(count_of(check(bars), "spike_reverted"), 0);
  bars.open[0] = bars.high[0] = 3.7 * bars.close[0];  // the first hour of a well-known Binance export
  const InstrumentQuality quality = check(bars);
  ASSERT_EQ(count_of(quality, "spike_reverted"), 1);
  EXPECT_EQ(find(quality, "spike_reverted")->first.row, 0);
  EXPECT_EQ(quality.findings.size(), 1U);
}

TEST(CheckMoves, ABadCloseIsASpikeAndNoJumps) {
  Bars bars = healthy_days();
  bars.close[100] *= 10;
  bars.high[100] *= 10;
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "spike_reverted"), 1);
  EXPECT_EQ(count_of(quality, "jump"), 0);
}

TEST(CheckMoves, ACrashThatStaysIsNoSpike) {
  Bars bars = healthy_days();
  scale_prices(bars, 300, 0.17);
  bars.high[300] = bars.close[299];  // fell during the day: the bar itself spans a factor of six
  bars.open[300] = bars.close[299];
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "spike_reverted"), 0);
  EXPECT_EQ(count_of(quality, "jump") + count_of(quality, "split_like"), 1);
}

TEST(CheckMoves, NamesTheRatioOfASplit) {
  for (const auto& [factor, name] : {std::pair{0.5, "2:1"},
                                     {1.0 / 3, "3:1"},
                                     {2.0 / 3, "3:2"},
                                     {1.0 / 7, "7:1"},
                                     {10.0, "1:10"},
                                     {20.0, "1:20"}}) {
    Bars bars = healthy_days();
    scale_prices(bars, 300, factor);
    const InstrumentQuality quality = check(bars);
    const QualityFinding* finding = find(quality, "split_like");
    ASSERT_NE(finding, nullptr) << name;
    EXPECT_EQ(finding->count, 1) << name;
    EXPECT_NE(finding->first.values.find(std::string("like a ") + name + " split"), std::string::npos)
        << finding->first.values;
    EXPECT_EQ(count_of(quality, "jump"), 0) << name;
  }
}

TEST(CheckMoves, SkipsClosesThatAreNoPrices) {
  Bars bars = healthy_days();
  for (const std::size_t row : {5U, 6U, 300U, 599U}) bars.close[row] = std::nan("");
  bars.close[400] = 0;
  const InstrumentQuality quality = check(bars);
  EXPECT_EQ(count_of(quality, "jump"), 0);
  EXPECT_EQ(count_of(quality, "spike_reverted"), 0);
  EXPECT_EQ(count_of(quality, "missing_price"), 4);
}

TEST(CheckMoves, PricesThatHardlyEverMoveDoNotMakeEveryMoveAJump) {
  Bars bars = healthy_days(2000);
  // One tick of 1% up or down every tenth bar: the median move is zero.
  for (std::size_t i = 0; i < 2000; ++i) {
    const double price = (i / 10) % 2 == 0 ? 1.00 : 1.01;
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = price;
  }
  EXPECT_EQ(count_of(check(bars), "jump"), 0);
}

}  // namespace
}  // namespace regimetry::market
