// `regimetry ingest` as users run it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/support/run_binary.hpp"
#include "core/sha256.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// Daily bars that pass every check, from 2020-01-01.
std::string daily_csv(int count, const std::string& header = "Date,Open,High,Low,Close,Volume,score\n") {
  std::string text = header;
  for (int i = 0; i < count; ++i) {
    const double close = 100 + (i * 7 % 13) * 0.25;
    text += fmt::format("{},{},{},{},{},{},{}\n", format_timestamp_short((18262 + i) * kNsPerDay), close,
                        close + 1, close - 1, close + 0.5, 1000 + i, i * 0.5);
  }
  return text;
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Ingest : public testing::Test {
 protected:
  BinaryRun ingest(std::vector<std::string> words) {
    words.insert(words.begin(), "ingest");
    return run_binary(words, {.folder = folder_});
  }
  [[nodiscard]] bool has_file(const std::string& name) const {
    return std::filesystem::exists(folder_ + "/" + name);
  }
  std::string folder_ = fresh_folder();
};

TEST_F(Ingest, SaysWhatItReadAndWhatToRunNext) {
  write_text(folder_, "ACME_1d.csv", daily_csv(300));
  const BinaryRun run = ingest({"ACME_1d.csv"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("separator ','"));
  EXPECT_THAT(run.out, HasSubstr("ACME 1d: 300 bars, 365.25 per year, stamps mark the bar's start"));
  EXPECT_THAT(run.out, HasSubstr("first  2020-01-01"));
  EXPECT_THAT(run.out, HasSubstr("last   2020-10-26"));
  EXPECT_THAT(run.out, HasSubstr("Health:"));
  EXPECT_THAT(run.err, HasSubstr("next: regimetry describe ACME_1d.parquet"));
  EXPECT_TRUE(has_file("ACME_1d.parquet"));
}

TEST_F(Ingest, GivesAllOfItAsJson) {
  const std::string text = daily_csv(300);
  write_text(folder_, "a.csv", text);
  const BinaryRun run = ingest({"a.csv", "-o", "out.csv", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result.at("bar_count"), 300);
  EXPECT_EQ(result.at("sources").at(0).at("sha256"), sha256_hex(text));
  EXPECT_EQ(result.at("sources").at(0).at("dialect").at("separator"), ",");
  const json& instrument = result.at("instruments").at(0);
  EXPECT_EQ(instrument.at("symbol"), "a");
  EXPECT_EQ(instrument.at("first").at("open"), 100);
  EXPECT_EQ(instrument.at("last").at("timestamp"), "2020-10-26T00:00:00Z");
  EXPECT_EQ(instrument.at("extras").at(0).at("name"), "score");
  EXPECT_TRUE(result.at("quality").is_object() || result.at("quality").is_array());
  // What was decided travels with the data.
  const json metadata = json::parse(content_of(folder_ + "/out.csv.meta.json"));
  EXPECT_EQ(metadata.at("sources"), result.at("sources"));
  EXPECT_EQ(metadata.at("config").at("command"), "ingest");
  EXPECT_TRUE(metadata.contains("quality"));
}

TEST_F(Ingest, RoundTripsThroughEveryFormat) {
  write_text(folder_, "a.csv", daily_csv(300));
  ASSERT_EQ(ingest({"a.csv", "-o", "one.csv", "--symbol", "ACME"}).exit_code, 0);
  ASSERT_EQ(ingest({"one.csv", "-o", "two.parquet"}).exit_code, 0);
  ASSERT_EQ(ingest({"two.parquet", "-o", "three.jsonl.zst"}).exit_code, 0);
  ASSERT_EQ(ingest({"three.jsonl.zst", "-o", "four.csv"}).exit_code, 0);
  EXPECT_EQ(content_of(folder_ + "/one.csv"), content_of(folder_ + "/four.csv"));
  EXPECT_THAT(content_of(folder_ + "/four.csv"),
              HasSubstr("2020-01-02T00:00:00Z,ACME,101.75,102.75,100.75,102.25,1001,0.5\n"));
}

TEST_F(Ingest, KnowsTheFlagsOfFormerScripts) {
  write_text(folder_, "signals.csv", daily_csv(300));
  const BinaryRun run =
      ingest({"--signal-input-path", "signals.csv", "--output-name", "regime_input", "--output-dir",
              "artifacts", "--include-columns", "*", "--exclude-columns", "score"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(content_of(folder_ + "/artifacts/regime_input.csv"),
              testing::StartsWith("timestamp,symbol,open,high,low,close,volume\n"));
}

TEST_F(Ingest, KeepsOnlyTheNamedColumns) {
  write_text(folder_, "a.csv", daily_csv(300));
  ASSERT_EQ(ingest({"a.csv", "-o", "kept.csv", "--include-columns", "score"}).exit_code, 0);
  EXPECT_THAT(content_of(folder_ + "/kept.csv"), HasSubstr("volume,score\n"));
  const BinaryRun wrong = ingest({"a.csv", "--include-columns", "scores"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("did you mean 'score'?"));
}

TEST_F(Ingest, StopsAtBadRowsUnlessToldWhatToDo) {
  std::string text = daily_csv(300);
  text += "2020-10-27,100,90,110,100,5,1\n";  // high below low
  write_text(folder_, "bad.csv", text);
  const BinaryRun stopped = ingest({"bad.csv"});
  EXPECT_EQ(stopped.exit_code, 3);
  EXPECT_THAT(stopped.err, HasSubstr("bad.csv:302"));
  EXPECT_THAT(stopped.err, HasSubstr("--on-bad-row"));
  EXPECT_FALSE(has_file("bad.parquet"));
  const BinaryRun dropped = ingest({"bad.csv", "--on-bad-row", "drop", "--json"});
  EXPECT_EQ(dropped.exit_code, 0) << dropped.err;
  EXPECT_EQ(json::parse(dropped.out).at("bar_count"), 300);
}

TEST_F(Ingest, AppliesZoneColumnAndStampOptions) {
  std::string text = "when;Last Trade\n";
  for (int i = 0; i < 300; ++i)
    text += fmt::format("{:02}/02/2024 {:02}:00;{},5\n", 1 + i / 24, i % 24, 100 + i % 7);
  write_text(folder_, "a.csv", text);
  const BinaryRun run =
      ingest({"a.csv", "-o", "a.parquet", "--tz", "America/New_York", "--column", "timestamp=when",
              "--column", "close=Last Trade", "--stamp", "end", "--date-order", "day-first", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json instrument = json::parse(run.out).at("instruments").at(0);
  EXPECT_EQ(instrument.at("first").at("timestamp"), "2024-02-01T05:00:00Z");
  EXPECT_EQ(instrument.at("first").at("close"), 100.5);
  EXPECT_EQ(instrument.at("stamp"), "end");
}

TEST_F(Ingest, TellsEveryNoteOfATextOnce) {
  write_text(
      folder_, "a.csv",
      "exported by somebody\nDate,Time,Close\n2024-01-02,10:00,1\n2024-01-02,11:00,2\n2024-01-02,12:00,3\n");
  for (const std::string command : {"ingest", "describe"}) {
    const BinaryRun run = run_binary({command, "a.csv"}, {.folder = folder_});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const std::string all = run.out + run.err;
    for (const std::string note : {"say otherwise with --tz", "line 1 before the table was passed over"}) {
      const std::size_t at = all.find(note);
      ASSERT_NE(at, std::string::npos) << note << "\n" << all;
      EXPECT_EQ(all.find(note, at + 1), std::string::npos) << all;
    }
  }
}

TEST_F(Ingest, ReadsSignalsWithoutPrices) {
  write_text(folder_, "s.csv", "date,score,label\n2024-01-02,0.5,calm\n2024-01-03,,wild\n");
  const BinaryRun run = ingest({"s.csv", "--signals", "-o", "s.parquet", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result.at("row_count"), 2);
  EXPECT_EQ(result.at("columns").at(0), json({{"name", "score"}, {"kind", "number"}, {"missing", 1}}));
}

TEST_F(Ingest, NeverOverwritesItsInput) {
  const std::string text = daily_csv(300);
  write_text(folder_, "a.csv", text);
  const BinaryRun run = ingest({"a.csv", "-o", "a.csv"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("is the input itself"));
  EXPECT_EQ(content_of(folder_ + "/a.csv"), text);
}

TEST_F(Ingest, KnowsTheChecksAndLimitsThatOtherReadersKnow) {
  write_text(folder_, "a.csv", daily_csv(300));
  const BinaryRun strict = ingest({"a.csv", "--min-history-bars", "301", "--json"});
  EXPECT_EQ(strict.exit_code, 0) << strict.err;
  EXPECT_THAT(strict.out, HasSubstr("too_short"));
  EXPECT_THAT(ingest({"a.csv", "--min-history-bars", "300", "--json"}).out,
              testing::Not(HasSubstr("too_short")));
  EXPECT_THAT(ingest({"a.csv", "--max-columns", "6"}).err, HasSubstr("6"));
  EXPECT_EQ(ingest({"a.csv", "--max-columns", "6"}).exit_code, 3);
  EXPECT_EQ(ingest({"a.csv", "--max-columns", "7"}).exit_code, 0);
  write_text(folder_, "long.csv",
             daily_csv(300) + "2020-10-27,100,101,99,100.5,1000," + std::string(5000, '1') + "\n");
  const BinaryRun too_long = ingest({"long.csv", "--max-line-bytes", "4096"});
  EXPECT_EQ(too_long.exit_code, 3);
  EXPECT_THAT(too_long.err, testing::AllOf(HasSubstr("long.csv:302"), HasSubstr("--max-line-bytes")));
  const BinaryRun wrong = ingest({"a.csv", "--frozen-bars", "1", "--gap-factor", "0.5"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, testing::AllOf(HasSubstr("frozen_bars is 1"), HasSubstr("gap_factor is 0.5")));
}

TEST_F(Ingest, ListsAllProblemsOfTheSettingsAtOnce) {
  const BinaryRun run =
      ingest({"--output", "a.csv", "--output-name", "b", "--tz", "UTC", "--tz-offset", "+01:00"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              testing::AllOf(HasSubstr("no input"), HasSubstr("--output-name"), HasSubstr("--tz-offset")));
}

}  // namespace
}  // namespace regimetry::cli
