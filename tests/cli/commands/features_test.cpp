// `regimetry features` as users run it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/support/run_binary.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// Daily bars from 2020-01-01, rows [begin, end).
std::string daily_csv(int begin, int end, bool has_volume = true, int without_volume = -1) {
  std::string text = has_volume ? "Date,Open,High,Low,Close,Volume,mood\n" : "Date,Open,High,Low,Close\n";
  for (int i = begin; i < end; ++i) {
    const double close = 100 + 0.25 * (i * 7 % 13) + 0.1 * (i % 5);
    text += fmt::format("{},{},{},{},{}", format_timestamp_short((18262 + i) * kNsPerDay), close, close + 1,
                        close - 1, close + 0.5);
    if (has_volume)
      text += fmt::format(",{},{}", i == without_volume ? "" : std::to_string(1000 + i % 9), i % 3);
    text += "\n";
  }
  return text;
}

class Features : public testing::Test {
 protected:
  BinaryRun features(std::vector<std::string> words) {
    words.insert(words.begin(), "features");
    return run_binary(words, {.folder = folder_});
  }
  // The last values of the first instrument.
  json last(const BinaryRun& run) {
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out)["instruments"][0]["last"].back();
  }
  std::string folder_ = fresh_folder();
};

TEST_F(Features, ComputesAListWithCommasInParentheses) {
  write_text(folder_, "a.csv", daily_csv(0, 60));
  const json row =
      last(features({"a.csv", "--features", "rsi(14), ema_ratio(12,26), x = close - mood", "--json"}));
  EXPECT_TRUE(row.contains("rsi_14") && row.contains("ema_ratio_12_26"));
  EXPECT_DOUBLE_EQ(row["x"], 100 + 0.25 * (59 * 7 % 13) + 0.1 * (59 % 5) + 0.5 - 59 % 3);
}

TEST_F(Features, TakesTheSameFromAFileAsListOrMapping) {
  write_text(folder_, "a.csv", daily_csv(0, 60));
  write_text(folder_, "top.yaml", "features: [\"rsi(14)\", spread]\ndefine:\n  spread: ema(12) - ema(26)\n");
  write_text(folder_, "below.yaml",
             "features:\n  features: [\"rsi(14)\", spread]\n  define: {spread: ema(12) - ema(26)}\n");
  const json top = last(features({"a.csv", "--config", "top.yaml", "--json"}));
  EXPECT_TRUE(top.contains("spread") && top.contains("rsi_14"));
  EXPECT_EQ(top, last(features({"a.csv", "--config", "below.yaml", "--json"})));
}

TEST_F(Features, ContinuesFromASavedStateBarByBar) {
  write_text(folder_, "all.csv", daily_csv(0, 320));
  write_text(folder_, "old.csv", daily_csv(0, 318));
  write_text(folder_, "next.csv", daily_csv(318, 319));
  write_text(folder_, "last.csv", daily_csv(319, 320));
  const json whole = last(features({"all.csv", "--symbol", "A", "--set", "core95", "--json"}));
  ASSERT_EQ(
      features({"old.csv", "--symbol", "A", "--set", "core95", "--save-state", "s1.safetensors"}).exit_code,
      0);
  ASSERT_EQ(features({"next.csv", "--symbol", "A", "--set", "core95", "--from-state", "s1.safetensors",
                      "--save-state", "s2.safetensors"})
                .exit_code,
            0);
  EXPECT_EQ(whole, last(features({"last.csv", "--symbol", "A", "--set", "core95", "--from-state",
                                  "s2.safetensors", "--json"})));

  const BinaryRun stranger = features({"last.csv", "--set", "core95", "--from-state", "s2.safetensors"});
  EXPECT_EQ(stranger.exit_code, 3);
  EXPECT_THAT(stranger.err, HasSubstr("the saved state knows A (1d), but the data holds"));
}

TEST_F(Features, ANewBarMayLackAVolume) {
  write_text(folder_, "old.csv", daily_csv(0, 100));
  write_text(folder_, "next.csv", daily_csv(100, 101, true, 100));
  ASSERT_EQ(features({"old.csv", "--symbol", "A", "--features", "mfi(14), rsi(14)", "--save-state",
                      "s.safetensors"})
                .exit_code,
            0);
  const json row = last(features({"next.csv", "--symbol", "A", "--features", "mfi(14), rsi(14)",
                                  "--from-state", "s.safetensors", "--json"}));
  EXPECT_TRUE(row["mfi_14"].is_null());
  EXPECT_FALSE(row["rsi_14"].is_null());
}

TEST_F(Features, WithoutVolumeTheDefaultSetDoesWithoutIt) {
  write_text(folder_, "a.csv", daily_csv(0, 300, false));
  const BinaryRun run = features({"a.csv", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("regime_price"));
  EXPECT_THAT(run.out, Not(HasSubstr("volume")));
}

TEST_F(Features, SaysWhichColumnIsMissingOrLeavesItsFeaturesOut) {
  write_text(folder_, "a.csv", daily_csv(0, 100, false));
  const BinaryRun refused = features({"a.csv", "--features", "mfi(14), rsi(14)"});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, HasSubstr("mfi_14 needs the column 'volume'"));
  const BinaryRun dropped =
      features({"a.csv", "--features", "mfi(14), rsi(14)", "--on-missing-column", "drop", "--json"});
  EXPECT_EQ(dropped.exit_code, 0) << dropped.err;
  EXPECT_THAT(dropped.err, HasSubstr("left out"));
  EXPECT_THAT(dropped.out, HasSubstr("rsi_14"));
  EXPECT_THAT(features({"a.csv", "--features", "mfi(14)", "--on-missing-column", "drop"}).err,
              HasSubstr("no feature is left"));
}

TEST_F(Features, WritesEveryFormatItNames) {
  write_text(folder_, "a.csv", daily_csv(0, 60));
  for (const char* name : {"f.parquet", "f.csv", "f.jsonl", "f.npy"}) {
    const BinaryRun run = features({"a.csv", "--features", "rsi", "-o", name});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_TRUE(std::filesystem::exists(folder_ + "/" + name)) << name;
  }
  EXPECT_EQ(features({"a.csv", "--features", "rsi", "-o", "f.xlsx"}).exit_code, 2);
  EXPECT_EQ(features({"a.csv", "--features", "rsi", "-o", "a.csv"}).exit_code, 2);
}

TEST_F(Features, NeverOverwritesWhatItReads) {
  write_text(folder_, "a.csv", daily_csv(0, 60));
  write_text(folder_, "sectors.csv", "symbol,sector\na,x\n");
  EXPECT_EQ(features({"a.csv", "--features", "rsi", "--save-state", "a.csv"}).exit_code, 2);
  EXPECT_EQ(
      features({"a.csv", "--features", "rsi", "--sectors", "sectors.csv", "-o", "sectors.csv"}).exit_code, 2);
  // Nor does it compute for an output that cannot be written.
  EXPECT_EQ(
      features({"a.csv", "--features", "rsi", "-o", "f.csv", "--save-state", "no/s.safetensors"}).exit_code,
      2);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/f.csv"));
}

TEST_F(Features, WarnsOfAHoleAndRefusesAnotherPace) {
  write_text(folder_, "old.csv", daily_csv(0, 100));
  write_text(folder_, "late.csv", daily_csv(140, 141));
  std::string hours = "Date,Open,High,Low,Close,Volume\n";
  for (int i = 0; i < 4; ++i)
    hours +=
        fmt::format("{},100,101,99,100.5,10\n", format_timestamp((18262 + 101) * kNsPerDay + i * kNsPerHour));
  write_text(folder_, "hours.csv", hours);
  ASSERT_EQ(
      features({"old.csv", "--symbol", "A", "--features", "rsi", "--save-state", "s.safetensors"}).exit_code,
      0);
  const BinaryRun late =
      features({"late.csv", "--symbol", "A", "--features", "rsi", "--from-state", "s.safetensors"});
  EXPECT_EQ(late.exit_code, 0) << late.err;
  EXPECT_THAT(late.err, HasSubstr("nothing between 2020-04-09"));
  const BinaryRun other =
      features({"hours.csv", "--symbol", "A", "--features", "rsi", "--from-state", "s.safetensors"});
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("the saved state is of bars of 1d"));
}

TEST_F(Features, SaysWhatNeverHasAValue) {
  write_text(folder_, "a.csv", daily_csv(0, 60));
  EXPECT_THAT(features({"a.csv", "--features", "rsi, x = close / 0, y = 1e300 * close"}).err,
              HasSubstr("without a single value: x, y"));
  EXPECT_EQ(features({"a.csv", "--features", "mood = close"}).exit_code, 2);
  EXPECT_EQ(features({"a.csv", "--features", "clip(close, 3, 1)"}).exit_code, 2);
}

TEST_F(Features, ListsTheCatalogueAsTextJsonAndPage) {
  EXPECT_THAT(features({"--list"}).out, HasSubstr("rsi([series], period = 14)"));
  EXPECT_GT(json::parse(features({"--list", "--json"}).out)["indicators"].size(), 100U);
  EXPECT_THAT(features({"--list", "--markdown"}).out, HasSubstr("### rsi\n"));
  EXPECT_EQ(features({}).exit_code, 2);
  EXPECT_EQ(features({"--markdown"}).exit_code, 2);
}

}  // namespace
}  // namespace regimetry::cli
