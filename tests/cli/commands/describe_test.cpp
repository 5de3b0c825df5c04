// `regimetry describe` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/support/run_binary.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string file_with(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  const std::string path = (folder.path() / name).string();
  std::ofstream(path) << text;
  return path;
}

const char* const kThreeDays =
    "Date,Open,High,Low,Close,Volume\n"
    "2024-01-02,10,12,9,11,100\n"
    "2024-01-03,11,10,12,11,100\n"
    "2024-01-04,11,12,10,11.5,100\n";

TEST(Describe, SaysWhatThereIsAndWhatIsWrongWithIt) {
  const TemporaryFolder folder;
  const BinaryRun run = run_binary({"describe", file_with(folder, "abc.csv", kThreeDays)});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("1 instrument of 1d bars: 3 bars, 2024-01-02 to 2024-01-04."),
                             HasSubstr("Not healthy: high_below_low (1) cannot be right"),
                             HasSubstr("2024-01-03 (line 3)"), HasSubstr("high 10 is below low 12"),
                             HasSubstr("First and last rows of")));
}

TEST(Describe, GivesTheSameAsJson) {
  const TemporaryFolder folder;
  const BinaryRun run = run_binary({"describe", file_with(folder, "abc.csv", kThreeDays), "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["instruments"][0]["bars"], 3);
  EXPECT_EQ(json["instruments"][0]["timeframe"], "1d");
  EXPECT_EQ(json["quality"]["instruments"][0]["findings"][0]["check"], "high_below_low");
}

TEST(Describe, CompoundsGrowthOverTheYear) {
  const TemporaryFolder folder;
  // Two daily steps, each of them a fall to exp(-0.01): exp(-3.6525) - 1 = -97.4% in a year of 365.25 days.
  const std::string path = file_with(folder, "abc.csv",
                                     "Date,Close\n2024-01-02,100\n2024-01-03,99.00498337491681\n"
                                     "2024-01-04,98.01986733067552\n");
  const BinaryRun run = run_binary({"describe", path, "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json one = nlohmann::json::parse(run.out)["instruments"][0];
  EXPECT_NEAR(one["return_per_year"], -3.6525, 1e-9);
  EXPECT_NEAR(one["growth_per_year"], std::exp(-3.6525) - 1, 1e-9);
  EXPECT_THAT(run_binary({"describe", path}).out, AllOf(HasSubstr("growth/year"), HasSubstr("-97.4%")));
}

TEST(Describe, LeavesBlankWhatCannotBeMeasuredAndSaysWhy) {
  const TemporaryFolder folder;
  std::string text = "timestamp,close\n";
  for (int hour = 10; hour < 20; ++hour)
    text += "2024-01-02T" + std::to_string(hour) + ":00:00Z," + std::to_string(100 + hour % 3) + "\n";
  const std::string path = file_with(folder, "abc.csv", text);
  const BinaryRun run = run_binary({"describe", path});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("Nothing per year is shown"),
                             testing::ContainsRegex("19:00 +warning: too_short")));
  const nlohmann::json one =
      nlohmann::json::parse(run_binary({"describe", path, "--json"}).out)["instruments"][0];
  for (const char* key : {"bars_per_year", "return_per_year", "growth_per_year", "volatility_per_year"})
    EXPECT_TRUE(one[key].is_null()) << key;
  const BinaryRun ingest = run_binary({"ingest", path, "-o", (folder.path() / "abc.parquet").string()});
  EXPECT_THAT(ingest.out, AllOf(HasSubstr("too few to measure how many a year has"),
                                testing::Not(HasSubstr("0 per year"))));
}

TEST(Describe, MentionsTheTruthOfASimulatedMarket) {
  const TemporaryFolder folder;
  const std::string market = (folder.path() / "market.parquet").string();
  ASSERT_EQ(run_binary({"simulate", "--bars", "500", "--seed", "3", "-o", market}).exit_code, 0);
  const BinaryRun run = run_binary({"describe", market});
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("Simulated from preset"), HasSubstr("seed 3"), HasSubstr("true_regime")));
}

TEST(Describe, RefusesChecksThatCannotBe) {
  const BinaryRun run = run_binary({"describe", "nowhere.csv", "--frozen-bars", "1", "--gap-factor", "0.5"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr("frozen_bars is 1"), HasSubstr("gap_factor is 0.5")));
}

TEST(Describe, AMissingFileIsADataOrUsageErrorThatNamesIt) {
  const BinaryRun run = run_binary({"describe", "nowhere.csv"});
  EXPECT_TRUE(run.exit_code == 2 || run.exit_code == 3) << run.exit_code;
  EXPECT_THAT(run.err, HasSubstr("nowhere.csv"));
}

}  // namespace
}  // namespace regimetry::cli
