#include "report/summary_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "report/support/described_run.hpp"

namespace regimetry::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(SummaryMarkdown, HoldsHeadlineTableAndThreeWarnings) {
  const RegimeRun run = described_run();
  const std::string text = summary_markdown(run, summarise(run));
  EXPECT_THAT(text, AllOf(HasSubstr("# TEST 1d\n"), HasSubstr("600 bars, 2020-01-01"),
                          HasSubstr("580 of them have a regime"),
                          HasSubstr("| 0 (very calm, rising) | 300 | 51.7% |"), HasSubstr("\n3. "),
                          Not(HasSubstr("\n4. "))));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

// Every line of a table has as many cells as its head, or it is no table any more.
TEST(SummaryMarkdown, WritesWholeTables) {
  RegimeRun run = described_run();
  const nlohmann::ordered_json score = {
      {"rows", 580}, {"adjusted_rand_index", 0.5}, {"balanced_accuracy", 0.75}};
  nlohmann::ordered_json chosen = score;
  chosen.update({{"method", "jump"}, {"is_chosen", true}, {"labels", "final"}});
  run.match = {{"methods", {chosen}}, {"oracle", {{"filter", score}, {"smoother", nullptr}}}};
  std::istringstream text(summary_markdown(run, summarise(run)));
  std::ptrdiff_t cells = 0;
  int tables = 0, rows = 0;
  for (std::string line; std::getline(text, line);) {
    const std::ptrdiff_t marks = std::count(line.begin(), line.end(), '|');
    if (marks > 0 && cells == 0) ++tables;
    if (marks > 0 && cells > 0) {
      EXPECT_EQ(marks, cells) << line;
    }
    rows += marks > 0 ? 1 : 0;
    cells = marks;
  }
  EXPECT_EQ(tables, 2);
  EXPECT_EQ(rows, 4 + 4);
}

TEST(SummaryMarkdown, KeepsWordsOfTheDataFromBecomingMarkup) {
  RegimeRun run = described_run();
  run.symbol = "A|B<script>";
  EXPECT_THAT(summary_markdown(run, summarise(run)),
              AllOf(HasSubstr("A\\|B\\<script>"), Not(HasSubstr("B<script"))));
}

TEST(SummaryJson, ListsEveryStay) {
  const RegimeRun run = described_run();
  const nlohmann::ordered_json json = summary_json(run, summarise(run));
  ASSERT_EQ(json.at("stays").size(), 15U);
  EXPECT_EQ(json.at("stays").front().at("bars"), 20);  // the first 20 bars have no regime
  EXPECT_EQ(json.at("stays").back().at("last"), "2021-08-22T00:00:00Z");
  EXPECT_EQ(json.at("now").at("regime"), 0);
  EXPECT_EQ(json.at("now").at("bars_after"), 0);
  EXPECT_EQ(json.at("regimes").size(), 2U);
  EXPECT_TRUE(json.at("truth_match").is_null());
  std::int64_t bars = 0;
  for (const auto& stay : json.at("stays")) bars += stay.at("bars").get<std::int64_t>();
  EXPECT_EQ(bars, 580);
}

}  // namespace
}  // namespace regimetry::report
