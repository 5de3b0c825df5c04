#include "report/run_warnings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/regime_summary.hpp"
#include "report/support/described_run.hpp"

namespace regimetry::report {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> warnings_of(const RegimeRun& run) {
  return summarise(run).warnings;
}

TEST(RunWarnings, AlwaysSaysThatThePictureKnowsTheFutureAndWhatPersistenceAlreadyReaches) {
  const std::vector<std::string> warnings = warnings_of(described_run(40, 2000));
  EXPECT_THAT(warnings, Contains(HasSubstr("drawn with knowledge of what came later")));
  // 49 switches between 1,980 bars.
  EXPECT_THAT(warnings,
              Contains(HasSubstr("'the same regime as now' at every bar is right 97.5% of the time")));
}

TEST(RunWarnings, PutsTheLevelOfThePriceBeforeEverythingElse) {
  RegimeRun run = described_run();
  run.levels = {{"warning", "Regimes may merely follow the level."}, {"follows_price", true}};
  run.run = {{"stages", {{{"name", "levels"}, {"warnings", {"Regimes may merely follow the level."}}}}}};
  const std::vector<std::string> warnings = warnings_of(run);
  EXPECT_EQ(warnings.front(), "Regimes may merely follow the level.");
  EXPECT_EQ(std::count(warnings.begin(), warnings.end(), warnings.front()), 1);
}

TEST(RunWarnings, PutsLevelsThatRegimesDoNotFollowBehindWhatIsPressing) {
  RegimeRun run = described_run();
  run.levels = {{"warning", "Regimes could follow."}, {"follows_price", false}, {"follows_calendar", false}};
  const std::vector<std::string> warnings = warnings_of(run);
  EXPECT_NE(warnings.front(), "Regimes could follow.");
  EXPECT_THAT(warnings, Contains("Regimes could follow."));
}

TEST(RunWarnings, SaysFirstThatTheLastBarsHaveNoRegime) {
  RegimeRun run = described_run();
  for (std::size_t t = 590; t < 600; ++t) run.final_labels.ids[t] = -1;
  EXPECT_THAT(warnings_of(run).front(), HasSubstr("The last 10 bars have no regime"));
}

TEST(RunWarnings, WarnsOfDataThatCannotBeRightBeforeDataThatIsUnusual) {
  RegimeRun run = described_run();
  run.health = {
      {"findings",
       {{{"severity", "warning"}, {"title", "jumps"}, {"count", 7}, {"action", ""}},
        {{"severity", "error"}, {"title", "high below low"}, {"count", 2}, {"action", "dropped 2 rows"}},
        {{"severity", "info"}, {"title", "nothing much"}, {"count", 1}, {"action", ""}}}}};
  const std::vector<std::string> warnings = warnings_of(run);
  EXPECT_EQ(warnings.front(), "The data has bars that cannot be right: high below low (2): dropped 2 rows.");
  EXPECT_THAT(warnings, Contains(HasSubstr("unusual in places, which may be right: jumps (7)")));
  EXPECT_THAT(warnings, Not(Contains(HasSubstr("nothing much"))));
}

TEST(RunWarnings, WarnsOfLabelsThatWereNotKnownAndOfFitsThatDisagree) {
  RegimeRun run = described_run();
  run.regimes = {{"asof_agreement", 0.4}, {"converged", false}, {"label_stability", {{"agreement", 0.5}}}};
  const std::vector<std::string> warnings = warnings_of(run);
  EXPECT_THAT(warnings, Contains(HasSubstr("only 40% of the bars")));
  EXPECT_THAT(warnings, Contains(HasSubstr("only 50% of their common bars")));
  EXPECT_THAT(warnings, Contains(HasSubstr("limit of iterations")));
  run.regimes = {{"asof_agreement", 0.9}, {"converged", true}, {"label_stability", {{"agreement", 0.9}}}};
  for (const char* words : {"known at the time agree", "not stable", "limit of iterations"})
    EXPECT_THAT(warnings_of(run), Not(Contains(HasSubstr(words))));
}

TEST(RunWarnings, WarnsOfAPeriodThatNeverComesBackAndOfAShortHistory) {
  const std::vector<std::string> warnings = warnings_of(described_run(300));
  EXPECT_THAT(warnings, Contains(HasSubstr("occur a single time")));
  EXPECT_THAT(warnings, Contains(HasSubstr("Only 580 bars")));
  EXPECT_THAT(warnings_of(described_run(40, 2000)), Not(Contains(HasSubstr("Only "))));
}

TEST(RunWarnings, WarnsOfALastBarThatIsNotSure) {
  RegimeRun run = described_run();
  run.final_labels.probabilities.back() = 0.55;
  EXPECT_THAT(warnings_of(run), Contains(HasSubstr("not sure: 0 (very calm, rising) with 55%")));
}

TEST(RunWarnings, PassesOnWhatStagesSaid) {
  RegimeRun run = described_run();
  run.run = {{"stages", {{{"name", "regimes"}, {"warnings", {"3 later rows lack a value"}}}}}};
  EXPECT_THAT(warnings_of(run), Contains("3 later rows lack a value."));
}

}  // namespace
}  // namespace regimetry::report
