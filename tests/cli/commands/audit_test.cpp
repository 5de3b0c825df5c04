// The audits as their users meet them: exit codes, culprits, JSON, and the group's own help.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

// A folder with bars.csv: 400 days with a further column (the next day's return when `is_label`) of a walk.
std::string folder_with_bars(bool is_label, const std::string& column = "signal") {
  std::vector<double> closes;
  std::uint64_t state = 1;
  double close = 100;
  for (int t = 0; t < 402; ++t) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    close *= 1 + 0.02 * (static_cast<double>(state >> 33U) / 2147483648.0 - 0.5);
    closes.push_back(close);
  }
  std::string text = "date,open,high,low,close,volume," + column + "\n";
  for (std::size_t t = 1; t < 401; ++t) {
    const double signal = is_label ? closes[t + 1] / closes[t] - 1 : closes[t] / closes[t - 1] - 1;
    const auto day = static_cast<std::int64_t>(17897 + t);  // from 2019-01-02 on
    text += fmt::format("{},{:.6f},{:.6f},{:.6f},{:.6f},{},{:.9f}\n", format_timestamp_short(day * kNsPerDay),
                        closes[t - 1], std::max(closes[t - 1], closes[t]), std::min(closes[t - 1], closes[t]),
                        closes[t], 1000 + t * 7919 % 500, signal);
  }
  const std::string folder = fresh_folder();
  write_text(folder, "bars.csv", text);
  return folder;
}

TEST(Audit, HonestFeaturesExitWithZero) {
  const BinaryRun run = run_binary(
      {"audit", "lookahead", "bars.csv", "--features", "rsi(14), ema_ratio(12,26)", "--bar-budget", "100000"},
      {.folder = folder_with_bars(false)});
  EXPECT_EQ(run.exit_code, 0) << run.err << run.out;
  EXPECT_THAT(run.out, HasSubstr("No look-ahead found"));
}

TEST(Audit, ALabelAmongTheColumnsExitsWithOneAndIsNamed) {
  const BinaryRun run = run_binary(
      {"audit", "lookahead", "bars.csv", "--features", "rsi(14)", "--bar-budget", "100000", "--json"},
      {.folder = folder_with_bars(true)});
  ASSERT_EQ(run.exit_code, 1) << run.err;
  const json report = json::parse(run.out);
  EXPECT_FALSE(report.at("is_clean").get<bool>());
  ASSERT_EQ(report.at("culprits").size(), 1U);
  const json& culprit = report.at("culprits").front();
  EXPECT_EQ(culprit.at("feature"), "signal");
  EXPECT_EQ(culprit.at("kind"), "equals_future");
  EXPECT_TRUE(culprit.at("is_input_column").get<bool>());
  EXPECT_EQ(culprit.at("reach_bars"), 1);
}

TEST(Audit, ALabelUnderANameOfTheSimulatorIsCaught) {
  const std::string folder = folder_with_bars(true, "true_label");
  const BinaryRun run =
      run_binary({"audit", "lookahead", "bars.csv", "--features", "rsi(14)", "--bar-budget", "100000"},
                 {.folder = folder});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.out, HasSubstr("true_label (input)"));
}

TEST(Audit, TheFirstLineNamesWhatWasAudited) {
  const std::string folder = folder_with_bars(false);
  const auto run_of = [&](std::vector<std::string> flags) {
    std::vector<std::string> words = {"audit", "lookahead", "bars.csv", "--bar-budget", "100000"};
    words.insert(words.end(), flags.begin(), flags.end());
    return run_binary(words, {.folder = folder});
  };
  EXPECT_THAT(run_of({"--set", "har"}).out, StartsWith("No look-ahead found in the set har ("));
  EXPECT_THAT(run_of({}).out, StartsWith("No look-ahead found in the set regime (")) << "taken by default";
  EXPECT_THAT(run_of({"--features", "rsi(14), sma_distance(20)"}).out,
              StartsWith("No look-ahead found in 2 features (rsi_14, sma_distance_20):"));
  EXPECT_EQ(json::parse(run_of({"--json"}).out).at("feature_set"), "regime");
  const BinaryRun warmup =
      run_binary({"audit", "warmup", "bars.csv", "--set", "har", "--starts", "199"}, {.folder = folder});
  EXPECT_THAT(warmup.out.substr(0, warmup.out.find('\n')), HasSubstr("the set har ("));
}

TEST(Audit, AFeatureWithoutAnyValueIsRefusedAndAmongOthersNamed) {
  const std::string folder = folder_with_bars(false);
  const BinaryRun alone =
      run_binary({"audit", "lookahead", "bars.csv", "--features", "sma(600)"}, {.folder = folder});
  EXPECT_EQ(alone.exit_code, 3);
  EXPECT_THAT(alone.err, AllOf(HasSubstr("no feature has a value"), HasSubstr("400 bars")));
  const BinaryRun among =
      run_binary({"audit", "lookahead", "bars.csv", "--features", "sma(600), rsi(14)"}, {.folder = folder});
  EXPECT_EQ(among.exit_code, 0) << among.err;
  EXPECT_THAT(among.out,
              AllOf(HasSubstr("except 1 named below"), HasSubstr("Not audited"), HasSubstr("sma_600")));
}

TEST(Audit, AFeatureMadeOfALabelIsNamedToo) {
  const BinaryRun run = run_binary({"audit", "lookahead", "bars.csv", "--features", "rsi(14)", "--define",
                                    "edge=signal * 2", "--bar-budget", "100000"},
                                   {.folder = folder_with_bars(true)});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("edge"), HasSubstr("signal (input)")));
}

TEST(Audit, WarmupTellsTheFewestBars) {
  const BinaryRun run = run_binary({"audit", "warmup", "bars.csv", "--features",
                                    "sma_distance(20), ema_ratio(5,10)", "--starts", "99,199", "--json"},
                                   {.folder = folder_with_bars(false)});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json report = json::parse(run.out);
  EXPECT_EQ(report.at("starts"), json::array({99, 199}));
  for (const json& feature : report.at("features")) {
    EXPECT_EQ(feature.at("verdict"), "settles");
    if (feature.at("feature") == "sma_distance_20") {
      EXPECT_EQ(feature.at("settled_after"), 19);
    }
  }
}

TEST(Audit, WrongUseSaysWhatToDo) {
  const std::string folder = folder_with_bars(false);
  const BinaryRun few = run_binary({"audit", "lookahead", "bars.csv", "--cuts", "5"}, {.folder = folder});
  EXPECT_EQ(few.exit_code, 2);
  EXPECT_THAT(few.err, HasSubstr("--cuts"));
  const BinaryRun fraction =
      run_binary({"audit", "warmup", "bars.csv", "--starts", "1.5"}, {.folder = folder});
  EXPECT_EQ(fraction.exit_code, 2);
  EXPECT_THAT(fraction.err, HasSubstr("whole numbers"));
  const BinaryRun lengthy = run_binary(
      {"audit", "warmup", "bars.csv", "--features", "rsi(14)", "--starts", "5000"}, {.folder = folder});
  EXPECT_EQ(lengthy.exit_code, 3);
  EXPECT_THAT(lengthy.err, HasSubstr("has 400 bars"));
}

TEST(Audit, TheGroupListsItsCommands) {
  const BinaryRun help = run_binary({"audit", "--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, AllOf(HasSubstr("lookahead"), HasSubstr("warmup")));
  EXPECT_EQ(run_binary({"help", "audit"}).out, help.out);
  const BinaryRun alone = run_binary({"audit"});
  EXPECT_EQ(alone.exit_code, 2);
  EXPECT_EQ(alone.out, help.out);
  EXPECT_EQ(run_binary({"audit", "lokahead"}).err,
            "error: unknown command 'audit lokahead'; did you mean 'audit lookahead'?\n");
  EXPECT_EQ(run_binary({"help", "audit", "warmup"}).out, run_binary({"audit", "warmup", "--help"}).out);
}

TEST(Audit, SettingsFilesHaveASectionPerCommand) {
  const std::string folder = folder_with_bars(false);
  write_text(folder, "s.yaml", "set: har\naudit_lookahead:\n  bar_budget: 7000\n");
  const BinaryRun run = run_binary(
      {"show-config", "audit", "lookahead", "bars.csv", "--config", "s.yaml", "--set", "cuts=30", "--json"},
      {.folder = folder});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json settings = json::parse(run.out).at("settings");
  EXPECT_EQ(settings.at("bar_budget"), (json{{"value", 7000}, {"origin", "s.yaml:3"}}));
  EXPECT_EQ(settings.at("set").at("value"), json::array({"har"}));
  EXPECT_EQ(settings.at("cuts").at("value"), 30);
}

}  // namespace
}  // namespace regimetry::cli
