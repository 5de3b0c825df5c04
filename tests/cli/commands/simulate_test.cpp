// `regimetry simulate` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/temporary_folder.hpp"
#include "market/simulation/defects.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Simulate, WritesTheMarketAndSaysWhatIsInIt) {
  const TemporaryFolder folder;
  const std::string output = (folder.path() / "market.csv").string();
  const BinaryRun run = run_binary(
      {"simulate", "--preset", "hardy3-daily", "--bars", "300", "--instruments", "2", "-o", output});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("2 instruments of 300 bars of 1d from preset hardy3-daily: 3 regimes, normal noise"),
            HasSubstr("neutral"), HasSubstr("Viterbi path"), HasSubstr("2000-01-03 to")));
  EXPECT_THAT(run.err, HasSubstr("regimetry describe " + output));
  EXPECT_THAT(
      text_of(output),
      testing::StartsWith("timestamp,symbol,open,high,low,close,volume,true_regime,true_sd,oracle_viterbi"));
}

TEST(Simulate, TheSameSeedGivesTheSameBytes) {
  const TemporaryFolder folder;
  const auto simulate = [&](const std::string& name, const std::string& seed, const std::string& threads) {
    const std::string output = (folder.path() / name).string();
    EXPECT_EQ(run_binary({"simulate", "--bars", "400", "--instruments", "3", "--seed", seed, "--threads",
                          threads, "-o", output})
                  .exit_code,
              0);
    return text_of(output);
  };
  const std::string first = simulate("a.csv", "7", "1");
  EXPECT_EQ(first, simulate("b.csv", "7", "2"));
  EXPECT_NE(first, simulate("c.csv", "8", "1"));
}

TEST(Simulate, TheTruthGoesToAFileOnRequest) {
  const TemporaryFolder folder;
  const std::string output = (folder.path() / "m.csv").string(),
                    truth = (folder.path() / "truth.json").string();
  const BinaryRun run = run_binary(
      {"simulate", "--bars", "600", "--defects", "gap", "--json", "-o", output, "--truth-file", truth});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(text_of(truth));
  EXPECT_EQ(json.at("regimes").size(), 4U);
  EXPECT_EQ(json.at("defects").at(0).at("kind"), "gap");
  const nlohmann::json result = nlohmann::json::parse(run.out);
  for (const auto& [key, value] : result.at("simulation").items()) EXPECT_EQ(json.at(key), value) << key;
  EXPECT_EQ(json.at("config"), result.at("config"));
  EXPECT_EQ(json.at("config").at("settings").at("bars").at("value"), 600);
}

// The file and the columns are two forms of the same answers, row for row.
TEST(Simulate, TheTruthFileHoldsWhatTheColumnsHold) {
  const TemporaryFolder folder;
  const std::string output = (folder.path() / "m.jsonl").string(),
                    truth = (folder.path() / "truth.json").string();
  ASSERT_EQ(run_binary({"simulate", "--bars", "120", "--instruments", "2", "--signal-strength", "0.2", "-o",
                        output, "--truth-file", truth})
                .exit_code,
            0);
  const nlohmann::json instruments = nlohmann::json::parse(text_of(truth)).at("truth");
  ASSERT_EQ(instruments.size(), 2U);
  std::ifstream rows(output);
  std::string line;
  for (const nlohmann::json& instrument : instruments) {
    ASSERT_EQ(instrument.at("timestamp").size(), 120U);
    EXPECT_TRUE(instrument.contains("oracle_smoother_p_crisis"));
    for (std::size_t t = 0; t < 120; ++t) {
      ASSERT_TRUE(std::getline(rows, line));
      const nlohmann::json row = nlohmann::json::parse(line);
      for (const auto& [name, value] : row.items()) {
        if (name == "symbol") {
          ASSERT_EQ(instrument.at(name), value);
        } else if (name == "timestamp" || name == "planted_signal" || name.starts_with("true_") ||
                   name.starts_with("oracle_")) {
          ASSERT_EQ(instrument.at(name).at(t), value) << name << ' ' << t;
        }
      }
    }
  }
}

TEST(Simulate, ATruthFileBesideAMarketWithoutTruthLeavesNoTraceInTheMarket) {
  const TemporaryFolder folder;
  const auto path = [&](const char* name) { return (folder.path() / name).string(); };
  ASSERT_EQ(run_binary({"simulate", "--bars", "50", "--no-truth", "-o", path("a.csv")}).exit_code, 0);
  ASSERT_EQ(run_binary({"simulate", "--bars", "50", "--no-truth", "-o", path("b.csv"), "--truth-file",
                        path("truth.json")})
                .exit_code,
            0);
  EXPECT_EQ(text_of(path("a.csv")), text_of(path("b.csv")));
  EXPECT_EQ(nlohmann::json::parse(text_of(path("a.csv.meta.json"))).at("simulation"),
            nlohmann::json::parse(text_of(path("b.csv.meta.json"))).at("simulation"));
  const nlohmann::json instrument = nlohmann::json::parse(text_of(path("truth.json"))).at("truth").at(0);
  EXPECT_EQ(instrument.at("true_regime").size(), 50U);
}

TEST(Simulate, TheBestUseOfAPlantedSignalIsKnownWithoutTruthColumns) {
  const TemporaryFolder folder;
  const BinaryRun run = run_binary({"simulate", "--bars", "400", "--no-truth", "--signal-strength", "0.3",
                                    "--json", "-o", (folder.path() / "m.csv").string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json scores = nlohmann::json::parse(run.out).at("simulation").at("oracle_scores");
  EXPECT_GT(scores.at("direction").at("bayes_accuracy"), 0.5);
  EXPECT_THAT(text_of(folder.path() / "m.csv"), testing::Not(HasSubstr("oracle_")));
}

TEST(Simulate, ListsPresetsAndDefectsForMachinesToo) {
  const BinaryRun run = run_binary({"simulate", "--list-presets", "--json"});
  const nlohmann::json lists = nlohmann::json::parse(run.out);
  EXPECT_EQ(lists.at("presets").at(0).at("name"), "four-daily");
  EXPECT_THAT(lists.at("defects").dump(), HasSubstr("duplicate_conflict"));
}

TEST(Simulate, TheFileHoldsEveryDefectAndIngestNamesTheDisorder) {
  const TemporaryFolder folder;
  const std::string output = (folder.path() / "m.csv").string();
  const BinaryRun run = run_binary({"simulate", "--defects", "all", "--json", "-o", output});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::set<std::string> planted;
  const nlohmann::json simulated = nlohmann::json::parse(run.out);
  for (const nlohmann::json& record : simulated.at("simulation").at("defects"))
    planted.insert(record.at("kind"));
  EXPECT_EQ(planted.size(), market::defect_kinds().size());

  const BinaryRun ingest = run_binary(
      {"ingest", output, "--on-bad-row", "drop", "--json", "-o", (folder.path() / "clean.parquet").string()});
  ASSERT_EQ(ingest.exit_code, 0) << ingest.err;
  std::set<std::string> found;
  const nlohmann::json ingested = nlohmann::json::parse(ingest.out);
  for (const nlohmann::json& instrument : ingested.at("quality").at("instruments")) {
    for (const nlohmann::json& finding : instrument.at("findings")) found.insert(finding.at("check"));
  }
  for (const char* check : {"unordered", "duplicate_exact", "duplicate_conflict", "high_below_low"})
    EXPECT_TRUE(found.contains(check)) << check;
}

TEST(Simulate, RowsOutOfOrderAreOutOfOrderInTheFile) {
  const TemporaryFolder folder;
  const auto stamps_of = [&](const std::string& defects) {
    const std::string output = (folder.path() / "m.csv").string();
    EXPECT_EQ(run_binary({"simulate", "--bars", "600", "--defects", defects, "-o", output}).exit_code, 0);
    std::vector<std::string> stamps;
    std::istringstream lines(text_of(output));
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);)
      stamps.push_back(line.substr(0, line.find(',')));
    return stamps;
  };
  // ISO stamps sort as texts do.
  for (const std::string defect : {"unordered", "time_backwards"}) {
    const std::vector<std::string> stamps = stamps_of(defect);
    EXPECT_FALSE(std::is_sorted(stamps.begin(), stamps.end())) << defect;
  }
  const std::vector<std::string> stamps = stamps_of("gap");
  EXPECT_TRUE(std::is_sorted(stamps.begin(), stamps.end()));
}

TEST(Simulate, ListsPresetsAndDefects) {
  const BinaryRun run = run_binary({"simulate", "--list-presets"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("short-bears-daily"), HasSubstr("duplicate_conflict")));
}

TEST(Simulate, ProblemsAreToldWithoutWritingAnything) {
  const TemporaryFolder folder;
  const std::string output = (folder.path() / "m.csv").string();
  const BinaryRun run = run_binary(
      {"simulate", "--garch-alpha", "0.5", "--garch-beta", "0.6", "--defects", "gapp", "-o", output});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr("garch_alpha + garch_beta is 1.1"), HasSubstr("did you mean 'gap'?")));
  EXPECT_FALSE(std::filesystem::exists(output));
}

TEST(Simulate, EveryProblemIsToldAtOnceAlsoByShowConfig) {
  const std::vector<std::string> wrong = {
      "--preset", "nope",  "--timeframe",       "7q", "--start",        "foo",
      "-o",       "x.foo", "--overnight-share", "2",  "--session-zone", "Europe/Nowhere"};
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"simulate"}, {"show-config", "simulate"}}) {
    std::vector<std::string> words = command;
    words.insert(words.end(), wrong.begin(), wrong.end());
    const BinaryRun run = run_binary(words);
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_THAT(run.err, AllOf(HasSubstr("no preset 'nope'"), HasSubstr("--timeframe '7q'"),
                               HasSubstr("--start 'foo'"), HasSubstr("x.foo: the extension"),
                               HasSubstr("--overnight-share 2"), HasSubstr("--session-zone: ")));
  }
}

TEST(Simulate, AMissingFolderIsToldBeforeAnythingIsComputed) {
  const TemporaryFolder folder;
  const std::string truth = (folder.path() / "nowhere" / "truth.json").string();
  const BinaryRun run = run_binary(
      {"simulate", "--bars", "50", "-o", (folder.path() / "m.csv").string(), "--truth-file", truth});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("does not exist"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Simulate, TheTruthFileMayNotBeTheMarket) {
  for (const char* name : {"m.csv", "m.csv.meta.json"}) {
    const BinaryRun run = run_binary({"simulate", "-o", "m.csv", "--truth-file", name});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_THAT(run.err, HasSubstr("choose another name"));
  }
}

TEST(Simulate, OptionsWithoutEffectAreRefused) {
  const BinaryRun weekly = run_binary({"simulate", "--overnight-share", "0.3", "--timeframe", "1w"});
  EXPECT_EQ(weekly.exit_code, 2);
  EXPECT_THAT(weekly.err, HasSubstr("no nights"));
  const BinaryRun daily = run_binary({"simulate", "--intraday-seasonality", "0.5"});
  EXPECT_EQ(daily.exit_code, 2);
  EXPECT_THAT(daily.err, HasSubstr("no sessions"));
}

}  // namespace
}  // namespace regimetry::cli
