#include <gtest/gtest.h>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

void freeze(Bars& bars, std::size_t begin, std::size_t count) {
  for (std::size_t i = begin + 1; i < begin + count; ++i) {
    bars.open[i] = bars.open[begin];
    bars.high[i] = bars.high[begin];
    bars.low[i] = bars.low[begin];
    bars.close[i] = bars.close[begin];
  }
}

TEST(CheckStandstill, ARunOfTenEqualBarsIsFrozenAndNineAreNot) {
  Bars bars = healthy_days();
  freeze(bars, 100, 9);
  EXPECT_EQ(count_of(check(bars), "frozen_price"), 0);
  freeze(bars, 100, 10);
  freeze(bars, 300, 25);
  const QualityFinding finding = *find(check(bars), "frozen_price");
  EXPECT_EQ(finding.count, 2);
  EXPECT_EQ(finding.first.row, 100);
  EXPECT_EQ(finding.worst.row, 300);
  EXPECT_NE(finding.first.values.find("for 10 bars"), std::string::npos);
  EXPECT_NE(finding.worst.values.find("for 25 bars"), std::string::npos);
}

TEST(CheckStandstill, ARunMayReachTheLastBar) {
  Bars bars = healthy_days();
  freeze(bars, 580, 20);
  EXPECT_EQ(count_of(check(bars), "frozen_price"), 1);
}

TEST(CheckStandstill, VolumeThatRepeatsIsStale) {
  Bars bars = healthy_days();
  for (std::size_t i = 50; i < 62; ++i) bars.volume[i] = 777;
  const QualityFinding finding = *find(check(bars), "stale_volume");
  EXPECT_EQ(finding.count, 1);
  EXPECT_EQ(finding.first.values, "volume 777 for 12 bars");
}

TEST(CheckStandstill, TellsTheShareOfFlatBars) {
  Bars bars = healthy_days();
  for (std::size_t i = 0; i < 300; ++i) bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i];
  const QualityFinding finding = *find(check(bars), "flat_bar");
  EXPECT_EQ(finding.count, 300);
  EXPECT_EQ(finding.severity, Severity::kInfo);
  EXPECT_EQ(finding.title, "bars with one price only (50.0% of all)");
}

}  // namespace
}  // namespace regimetry::market
