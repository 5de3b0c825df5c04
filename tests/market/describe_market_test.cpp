#include "market/describe_market.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;

MarketSummary describe(const MarketData& data) {
  ThreadPool pool(1);
  return describe_market(data, check_quality(data, {}, pool));
}

TEST(DescribeMarket, AnnualisesWithTheBarsPerYearOfTheStamps) {
  Bars bars = healthy_bars(steady_stamps(4, kNsPerDay));
  bars.close = {100, 110, 99, 99 * 1.1};
  const InstrumentSummary summary = describe(market_of(bars)).instruments.front();
  EXPECT_DOUBLE_EQ(summary.bars_per_year, 365.25);
  // Log returns a, b, a with a = log 1.1, b = log 0.9.
  const double a = std::log(1.1), b = std::log(0.9), mean = (2 * a + b) / 3;
  const double sd = std::sqrt((2 * (a - mean) * (a - mean) + (b - mean) * (b - mean)) / 2);
  EXPECT_NEAR(summary.return_per_year, mean * 365.25, 1e-12);
  EXPECT_NEAR(summary.volatility_per_year, sd * std::sqrt(365.25), 1e-12);
}

TEST(DescribeMarket, OrderAndBadClosesDoNotChangeTheReturns) {
  const Bars bars = healthy_days(300);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 299; row >= 0; --row) rows.push_back(row);
  EXPECT_NEAR(describe(market_of(take_rows(bars, rows))).instruments[0].return_per_year,
              describe(market_of(bars)).instruments[0].return_per_year, 1e-12);
  Bars broken = bars;
  broken.close[100] = std::nan("");
  broken.close[200] = 0;
  // The returns across the broken rows cover two bars, so the total stays and is shared by two steps fewer.
  EXPECT_NEAR(describe(market_of(broken)).instruments[0].return_per_year * 297 / 299,
              describe(market_of(bars)).instruments[0].return_per_year, 1e-9);
}

TEST(DescribeMarket, SaysWhatThereIs) {
  MarketData data = market_of(healthy_days(1000));
  EXPECT_EQ(describe(data).words, "1 instrument of 1d bars: 1,000 bars, 2019-01-07 to 2022-11-04.");
  EXPECT_EQ(describe(data).health_words, "Healthy.");
  EXPECT_EQ(describe(data).simulation_words, "");
  data.instruments.push_back(healthy_bars(steady_stamps(300, kNsPerHour)));
  EXPECT_THAT(describe(data).words,
              HasSubstr("2 instruments of bars of several timeframes (1 x 1d, 1 x 1h): 1,300 bars"));
}

TEST(DescribeMarket, TellsWhatIsUnusualFromWhatIsWrong) {
  MarketData data = market_of(healthy_days());
  scale_prices(data.instruments[0], 300, 1.3);
  EXPECT_EQ(describe(data).health_words, "Healthy, except for what is unusual: jump (1).");
  std::swap(data.instruments[0].high[7], data.instruments[0].low[7]);
  EXPECT_THAT(describe(data).health_words,
              HasSubstr("Not healthy: high_below_low (1) cannot be right; unusual: jump (1)"));
  EXPECT_EQ(describe(data).instruments[0].worst_finding, "error: high_below_low (1)");
}

TEST(DescribeMarket, MentionsTheTruthOfASimulation) {
  MarketData data = market_of(healthy_days());
  data.metadata["simulation"] = {{"preset", "hardy3-daily"}, {"seed", 7}};
  EXPECT_EQ(describe(data).simulation_words, "Simulated from preset hardy3-daily, seed 7.");
  Column truth{"true_regime", ColumnKind::kNumber, std::vector<double>(600, 1.0), {}, {}, {}};
  data.instruments[0].extras.push_back(truth);
  EXPECT_THAT(describe(data).simulation_words, HasSubstr("the truth travels along in 1 columns"));
}

TEST(DescribeMarket, NothingToDivideByIsNoNumber) {
  const InstrumentSummary summary = describe(market_of(healthy_days(1))).instruments.front();
  EXPECT_TRUE(std::isnan(summary.return_per_year));
  EXPECT_TRUE(to_json(describe(market_of(healthy_days(1))))["instruments"][0]["return_per_year"].is_null());
  EXPECT_EQ(describe(MarketData{}).words, "No instruments.");
}

}  // namespace
}  // namespace regimetry::market
