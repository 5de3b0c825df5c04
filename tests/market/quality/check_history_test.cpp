#include <gtest/gtest.h>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

TEST(CheckHistory, SaysWhenThereIsTooLittle) {
  EXPECT_EQ(count_of(check(healthy_days(249)), "too_short"), 1);
  EXPECT_EQ(count_of(check(healthy_days(250)), "too_short"), 0);
  EXPECT_EQ(find(check(healthy_days(249)), "too_short")->title, "only 249 bars of history");
}

TEST(CheckHistory, NoBarsAtAllIsNoCrash) {
  EXPECT_TRUE(check(healthy_days(0)).findings.empty());
}

TEST(CheckHistory, SaysWhenSpacingIsIrregular) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t i = 0; i < 500; ++i) stamps.push_back(kFirstMonday + i * i * kNsPerMinute);
  EXPECT_EQ(count_of(check(healthy_bars(stamps)), "irregular_stamps"), 1);
}

TEST(CheckHistory, CountsBarsMarkedAsPartial) {
  Bars bars = healthy_days();
  Column partial{.name = "is_partial",
                 .kind = ColumnKind::kBoolean,
                 .numbers = {},
                 .codes = {},
                 .categories = {},
                 .times = {}};
  partial.numbers.assign(600, 0.0);
  partial.numbers.back() = 1;
  bars.extras.push_back(partial);
  const QualityFinding finding = *find(check(bars), "partial_bar");
  EXPECT_EQ(finding.count, 1);
  EXPECT_EQ(finding.first.row, 599);
}

TEST(CheckHistory, CurrencyPricesInPointsAreCalledThat) {
  Bars bars = healthy_days();
  scale_prices(bars, 0, 1305.8);
  EXPECT_EQ(count_of(check(bars), "price_scale"), 0);  // TEST is no currency pair
  bars.symbol = "AUDUSDd1";
  EXPECT_EQ(find(check(bars), "price_scale")->severity, Severity::kWarning);
  scale_prices(bars, 0, 1e-5);
  EXPECT_EQ(count_of(check(bars), "price_scale"), 0);
}

}  // namespace
}  // namespace regimetry::market
