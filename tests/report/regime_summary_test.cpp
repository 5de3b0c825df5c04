#include "report/regime_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/support/described_run.hpp"

namespace regimetry::report {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(Summarise, TellsTheRegimeOfTheLastBarAndSinceWhen) {
  const RegimeSummary summary = summarise(described_run());
  ASSERT_TRUE(summary.now.has_value());
  EXPECT_EQ(summary.now->regime, 0);  // bars 560 to 599
  EXPECT_EQ(summary.now->bars_in_regime, 40);
  EXPECT_EQ(format_timestamp(summary.now->since).substr(0, 10), "2021-07-14");
  EXPECT_EQ(*summary.now->probability, 0.9);
  EXPECT_EQ(*summary.now->next, 1);
  EXPECT_THAT(summary.headline,
              HasSubstr("TEST is in regime 0 (very calm, rising), for 40 bars now (since 2021-07-14"));
}

TEST(Summarise, LooksPastBarsWithoutARegimeAtTheEnd) {
  RegimeRun run = described_run();
  for (std::size_t t = 590; t < 600; ++t) run.final_labels.ids[t] = -1;
  const RegimeSummary summary = summarise(run);
  EXPECT_EQ(summary.now->bars_in_regime, 30);
  EXPECT_EQ(summary.now->bar, run.timestamps[589]);
}

TEST(Summarise, DescribesEachRegime) {
  const RegimeSummary summary = summarise(described_run());
  ASSERT_EQ(summary.regimes.size(), 2U);
  EXPECT_EQ(summary.regimes[0].bars, 300);
  EXPECT_NEAR(summary.regimes[0].share, 300.0 / 580, 1e-12);
  EXPECT_NEAR(*summary.regimes[0].mean_stay_bars, 300.0 / 7, 1e-12);  // left seven times
  EXPECT_EQ(summary.regimes[1].title, "lively");
  EXPECT_EQ(named(summary, 1), "1 (lively)");
}

TEST(Summarise, SaysWhatTheLabelKnownAtTheTimeIsWhereItDiffers) {
  RegimeRun run = described_run();
  run.asof_labels.ids.assign(600, 1);
  EXPECT_THAT(summarise(run).sentences, Contains(HasSubstr("known at the time says 1 (lively) instead")));
  run.asof_labels.ids.assign(600, 0);
  EXPECT_THAT(summarise(run).sentences, Not(Contains(HasSubstr("instead"))));
}

TEST(Summarise, SaysHowWellKnownRegimesAreFoundAndWhatIsPossible) {
  RegimeRun run = described_run();
  run.match = {
      {"methods",
       {{{"method", "jump"},
         {"is_chosen", true},
         {"labels", "final"},
         {"adjusted_rand_index", 0.5},
         {"balanced_accuracy", 0.75}}}},
      {"oracle",
       {{"filter", nullptr}, {"smoother", {{"adjusted_rand_index", 0.87}, {"balanced_accuracy", 0.9}}}}}};
  EXPECT_THAT(summarise(run).sentences,
              Contains(testing::AllOf(HasSubstr("0.50"), HasSubstr("0.75"), HasSubstr("0.87"))));
}

TEST(Summarise, DoesWithoutAStructureAndWithoutPrices) {
  RegimeRun run = described_run();
  run.final_labels.structure = nullptr;
  run.close.clear();
  run.final_labels.probabilities.clear();
  const RegimeSummary summary = summarise(run);
  ASSERT_EQ(summary.regimes.size(), 2U);
  EXPECT_EQ(summary.regimes[0].bars, 300);
  EXPECT_EQ(named(summary, 0), "0");
  EXPECT_FALSE(summary.now->probability.has_value());
}

}  // namespace
}  // namespace regimetry::report
