#include "report/figures/run_title.hpp"

#include <gtest/gtest.h>

#include "report/figures/example_run.hpp"

namespace regimetry::report {
namespace {

TEST(RunTitle, SaysWhichMarketAndTimeframe) {
  RegimeRun run = run_of({0, 0, 1});
  EXPECT_EQ(run_title(run, "regimes"), "TEST 1d \u2014 regimes");
  run.symbol.clear();
  run.source = "data/eurusd.csv";
  EXPECT_EQ(run_title(run, "regimes"), "eurusd.csv 1d \u2014 regimes");
  run.source.clear();
  EXPECT_EQ(run_title(run, "regimes"), "1d \u2014 regimes");
  run.timeframe.clear();
  EXPECT_EQ(run_title(run, "regimes"), "regimes");
}

TEST(RunTitle, SaysWhichBars) {
  const RegimeRun run = run_of(spells(1200, 10, 2));
  EXPECT_EQ(span_words(run), "2020-01-01 to 2023-04-14 UTC \u00b7 1,200 bars");
  EXPECT_EQ(span_words(run, 1199), "2023-04-14 to 2023-04-14 UTC \u00b7 1 bar");
  EXPECT_EQ(span_words(run_of({})), "no bars");
}

}  // namespace
}  // namespace regimetry::report
