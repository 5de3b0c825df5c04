// `regimetry analyze` and `regimetry report` as users run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/atomic_file.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;

using testing::HasSubstr;
using testing::Not;

class AnalyzeCommandTest : public testing::Test {
 protected:
  // One market of two instruments for all tests of this file.
  static void SetUpTestSuite() {
    market_ = fresh_folder() + "/market.csv";
    ASSERT_EQ(run_binary({"simulate", "--preset", "four-daily", "--bars", "700", "--instruments", "2",
                          "--seed", "3", "-o", market_, "--quiet"})
                  .exit_code,
              0);
  }

  BinaryRun analyze(const std::vector<std::string>& words) {
    std::vector<std::string> all{"analyze"};
    all.insert(all.end(), words.begin(), words.end());
    return run_binary(all);
  }
  // Quick: two regimes, no maps, no other methods.
  BinaryRun analyze_quickly(const std::vector<std::string>& words) {
    std::vector<std::string> all = {"--n-clusters", "2",  "--projection", "none", "--no-compare",
                                    "--asof-start", "250"};
    all.insert(all.end(), words.begin(), words.end());
    return analyze(all);
  }
  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(out_ + "/" + name); }
  [[nodiscard]] nlohmann::json json(const std::string& name) const {
    return nlohmann::json::parse(read_file(out_ + "/" + name));
  }

  static inline std::string market_;
  std::string folder_ = fresh_folder();
  std::string out_ = folder_ + "/out";
};

TEST_F(AnalyzeCommandTest, GoesFromAMarketFileToAReportAndSaysWhatItFound) {
  const BinaryRun run = analyze({market_, "--instrument", "SIM0001", "--n-clusters", "4", "--asof-start",
                                 "250", "--projection", "pca", "--output-dir", out_});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("SIM0001 is in regime"), HasSubstr("What was known at the time agrees"),
            HasSubstr("against the true regimes"), HasSubstr("hmm"), HasSubstr("best possible observer"),
            HasSubstr("Before you rely on it:\n  1. "), HasSubstr("  3. "), HasSubstr("regimes ")));
  EXPECT_THAT(run.err, HasSubstr("report.html; next: regimetry report"));
  for (const char* name :
       {"report.html", "summary.md", "regime_summary.json", "run.json", "health.json", "features.parquet",
        "embeddings.npy", "cluster_assignments.csv", "regimes.json", "structure.json", "asof/structure.json",
        "price_overlay_mplot.png", "timeline_mplot.svg", "pca_mplot.png", "transition_matrix_heatmap.png"})
    EXPECT_TRUE(has(name)) << name;
  const nlohmann::json match = json("truth_match.json");
  EXPECT_EQ(match.at("methods").size(), 7U);  // six methods, and the chosen one's labels known at the time
  EXPECT_THAT(read_file(out_ + "/summary.md"), HasSubstr("Against the true regimes"));
}

TEST_F(AnalyzeCommandTest, ComputesNothingAgainWhenNothingHasChanged) {
  const std::vector<std::string> words = {market_, "--instrument", "SIM0001", "--output-dir", out_};
  ASSERT_EQ(analyze_quickly(words).exit_code, 0);
  const std::string first = read_file(out_ + "/run.json"), page = read_file(out_ + "/report.html");
  const BinaryRun again = analyze_quickly(words);
  EXPECT_THAT(again.out, HasSubstr("Nothing has changed since the last run"));
  EXPECT_EQ(read_file(out_ + "/run.json"), first);
  std::vector<std::string> forced = words;
  forced.emplace_back("--force");
  EXPECT_THAT(analyze_quickly(forced).out, Not(HasSubstr("Nothing has changed")));
  EXPECT_TRUE(read_file(out_ + "/report.html") == page) << "the same inputs give the same bytes";
}

// What a run into a used folder gives must be what one into an empty folder gives, whatever was changed in
// between.
TEST_F(AnalyzeCommandTest, TakesEverySettingThatChangedIntoAccount) {
  const std::vector<std::string> words = {market_, "--instrument", "SIM0001"};
  const auto run_into = [&](const std::string& folder, const std::vector<std::string>& more) {
    std::vector<std::string> all = words;
    all.insert(all.end(), {"--output-dir", folder, "--report-format", "interactive"});
    all.insert(all.end(), more.begin(), more.end());
    ASSERT_EQ(analyze_quickly(all).exit_code, 0);
  };
  run_into(out_, {});
  int number = 0;
  for (const std::vector<std::string>& change :
       std::vector<std::vector<std::string>>{{"--seed", "7"},
                                             {"--no-asof"},
                                             {"--asof-start", "300"},
                                             {"--set", "har"},
                                             {"--scale", "none"},
                                             {"--refit-every", "100"},
                                             {"--report-palette", "Set2"},
                                             {"--method", "hmm"}}) {
    run_into(out_, change);
    const std::string fresh = folder_ + "/fresh" + std::to_string(number++);
    run_into(fresh, change);
    EXPECT_EQ(read_file(out_ + "/scaler.json"), read_file(fresh + "/scaler.json")) << change.front();
    EXPECT_EQ(read_file(out_ + "/features.parquet"), read_file(fresh + "/features.parquet"))
        << change.front();
    const auto record = [](const std::string& folder) {
      nlohmann::json json = nlohmann::json::parse(read_file(folder + "/regimes.json"));
      json.erase("ids");  // numbers follow those of the first run into the folder
      json["label_stability"] = nullptr;
      return json;
    };
    EXPECT_EQ(record(out_), record(fresh)) << change.front();
  }
}

TEST_F(AnalyzeCommandTest, RebuildsTheReportFromItsArtifacts) {
  ASSERT_EQ(analyze_quickly({market_, "--instrument", "SIM0001", "--output-dir", out_}).exit_code, 0);
  const std::string page = read_file(out_ + "/report.html");
  std::filesystem::remove(out_ + "/report.html");
  const BinaryRun run = run_binary({"report", out_});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(read_file(out_ + "/report.html") == page);
  EXPECT_EQ(
      run_binary({"report", out_, "--report-format", "matplotlib", "--report-palette", "Set2"}).exit_code, 0);
  EXPECT_THAT(run_binary({"report", out_, "--report-palette", "Set22"}).err, HasSubstr("Set2"));
  EXPECT_EQ(run_binary({"report", folder_ + "/nowhere"}).exit_code, 2);
  EXPECT_EQ(run_binary({"report", folder_}).exit_code, 2);
}

TEST_F(AnalyzeCommandTest, AnalysesEveryInstrumentAndShowsThemInOneOverview) {
  const BinaryRun run = analyze_quickly({market_, "--output-dir", out_, "--report-format", "interactive"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("SIM0001"), HasSubstr("SIM0002"), HasSubstr("regime now")));
  EXPECT_TRUE(has("SIM0001/report.html"));
  EXPECT_TRUE(has("SIM0002/run.json"));
  EXPECT_FALSE(has("SIM0001/timeline_mplot.png"));
  EXPECT_THAT(read_file(out_ + "/overview.html"), HasSubstr("SIM0002/report.html"));
}

TEST_F(AnalyzeCommandTest, GoesOnPastABrokenInstrumentAndSaysSoInItsExitCode) {
  std::string text = read_file(market_);
  const std::size_t at = text.find("SIM0002,") + 8;
  text.insert(at, "-");  // its first opening price is below zero
  const std::string broken = write_text(folder_, "broken.csv", text);
  const BinaryRun run = analyze_quickly({broken, "--output-dir", out_});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, HasSubstr("SIM0001"));
  EXPECT_THAT(run.err, AllOf(HasSubstr("1 of 2 instruments failed"), HasSubstr("SIM0002: ")));
  EXPECT_THAT(analyze_quickly({broken, "--output-dir", out_, "--quiet"}).err, HasSubstr("SIM0002: "));
  EXPECT_TRUE(has("SIM0001/report.html"));
  EXPECT_THAT(read_file(out_ + "/overview.html"), HasSubstr("Failed: "));
}

TEST_F(AnalyzeCommandTest, TakesTheSettingsFileOfTheOldTool) {
  std::string rows = "Date,Hour,Close,ATR,Trend,Confirmed,SL_Pips\n";
  for (int t = 0; t < 500; ++t)
    rows += format_timestamp((12'000 + t) * kNsPerDay).substr(0, 10) + ",21," +
            std::to_string(100 + (t * 37) % 11) + "," +
            std::to_string((t / 50 % 2 == 0 ? 1 : 5) + (t * 13) % 7 * 0.1) + "," +
            (t / 50 % 2 == 0 ? "Up" : "Down") + "," + (t % 3 == 0 ? "True" : "False") + "," +
            (t % 5 == 0 ? "" : "3") + "\n";
  const std::string signals = write_text(folder_, "signals.csv", rows);
  const std::string config = write_text(
      folder_, "EUR_USD_base.yaml",
      "debug: true\nsignal_input_path: " + signals +
          "\ninclude_columns: \"*\"\nexclude_columns:\n  - Date\n  - Hour\n  - SL_Pips\n  - TP1_Pips\n"
          "deterministic: true\nrandom_seed: 42\noutput_name: EUR_USD_embeddings.npy\n"
          "embedding_path: ./embeddings/EUR_USD_embeddings.npy\n"
          "regime_data_path: ./data/processed/regime_input.csv\n"
          "head_size: 16\nnum_heads: 2\nff_dim: 32\nnum_transformer_blocks: 1\ndropout: 0.1\n"
          "report_format: [\"matplotlib\", \"plotly\"]\nreport_palette: Set2\n");
  const BinaryRun run = run_bash(
      "cd '" + folder_ + "' && \"$regimetry_path\" analyze --instrument EUR_USD --base-config " + config +
      " --window-size 5 --stride 1 --encoding-method sinusoidal --encoding-style interleaved "
      "--embedding-dim 16 --n-clusters 3 --asof-start 200 --create-dir --force --clean");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  out_ = folder_ + "/reports/EUR_USD/ws5/sinusoidal16/interleaved/nc3";
  for (const char* name :
       {"report.html", "EUR_USD_embeddings.npy", "cluster_assignments.csv", "tsne_mplot.png"})
    EXPECT_TRUE(has(name)) << name;
  const nlohmann::json metadata = json("embedding_metadata.json");
  EXPECT_THAT(metadata.at("features_used").dump(), AllOf(HasSubstr("ATR"), Not(HasSubstr("SL_Pips"))));
  EXPECT_EQ(json("regimes.json").at("method"), "spectral");
  EXPECT_THAT(run.out, HasSubstr("EUR_USD is in regime"));
  EXPECT_THAT(read_file(out_ + "/timeline_mplot.svg"), Not(HasSubstr("nan")));
}

TEST_F(AnalyzeCommandTest, NeverOverwritesOrRemovesWhatItReads) {
  const std::string bars = out_ + "/bars.parquet";
  ASSERT_EQ(run_binary({"ingest", market_, "-o", bars, "--quiet"}).exit_code,
            2);  // the folder is not there yet
  std::filesystem::create_directory(out_);
  ASSERT_EQ(run_binary({"ingest", market_, "-o", bars, "--quiet"}).exit_code, 0);
  const std::string before = read_file(bars);
  const BinaryRun run = analyze_quickly({bars, "--instrument", "SIM0001", "--output-dir", out_, "--clean"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("name another --output-dir"));
  EXPECT_EQ(read_file(bars), before);
}

TEST_F(AnalyzeCommandTest, CleansOnlyWhatItWrote) {
  ASSERT_EQ(analyze_quickly({market_, "--instrument", "SIM0001", "--output-dir", out_}).exit_code, 0);
  write_file_atomically(out_ + "/mine.txt", "keep");
  write_file_atomically(out_ + "/features.parquet.bak", "keep");
  ASSERT_EQ(
      analyze_quickly({market_, "--instrument", "SIM0001", "--output-dir", out_, "--clean", "--no-asof"})
          .exit_code,
      0);
  EXPECT_TRUE(has("mine.txt"));
  EXPECT_TRUE(has("features.parquet.bak"));
  EXPECT_FALSE(has("asof/structure.json"));
}

TEST_F(AnalyzeCommandTest, ExplainsWhatItCannotDo) {
  const BinaryRun nothing = analyze({});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("regimetry analyze eurusd.csv"));
  const std::string few =
      write_text(folder_, "few.csv", "date,open,high,low,close\n2020-01-01,1,2,1,2\n2020-01-02,1,2,1,2\n");
  const BinaryRun short_history = analyze({few, "--output-dir", out_});
  EXPECT_EQ(short_history.exit_code, 3);
  EXPECT_THAT(short_history.err, AllOf(HasSubstr("few has only 2 bars"), HasSubstr("Give a longer history")));
  EXPECT_FALSE(has("report.html"));
  EXPECT_EQ(analyze({market_, "--signals", "--set", "regime", "--output-dir", out_}).exit_code, 2);
  EXPECT_THAT(analyze({market_, "--instrument", "SIM0003", "--output-dir", out_}).err,
              HasSubstr("did you mean"));
  EXPECT_THAT(analyze({market_, "--report-format", "pdf", "--output-dir", out_}).err,
              HasSubstr("interactive"));
  EXPECT_THAT(analyze({market_, "--output-name", "a/b.npy", "--output-dir", out_}).err,
              HasSubstr("NAME.npy"));
  const std::string file = write_text(folder_, "file", "x");
  EXPECT_EQ(analyze({market_, "--output-dir", file}).exit_code, 2);
}

TEST_F(AnalyzeCommandTest, GivesItsResultAsJson) {
  const BinaryRun run = analyze_quickly({market_, "--instrument", "SIM0002", "--output-dir", out_, "--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json result = nlohmann::json::parse(run.out);
  EXPECT_EQ(result.at("symbol"), "SIM0002");
  EXPECT_EQ(result.at("regimes").size(), 2U);
  EXPECT_FALSE(result.at("stages").empty());
}

}  // namespace
}  // namespace regimetry::cli
