#include "analysis/analyze_market.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"
#include "features/sets/feature_set.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class AnalyzeMarket : public testing::Test {
 protected:
  AnalyzeMarket() { std::filesystem::create_directories(folder_ / "out"); }
  ~AnalyzeMarket() override { std::filesystem::remove_all(folder_); }

  // Daily bars that are calm and lively in turn, 60 bars each.
  static std::string bars(const std::string& symbol, int count, std::uint64_t seed) {
    RngStream noise = Rng(seed).stream("bars");
    std::string text;
    double close = 100;
    for (int t = 0; t < count; ++t) {
      const double scale = t / 60 % 2 == 0 ? 0.004 : 0.02;
      const double open = close;
      close *= std::exp(scale * noise.normal());
      const double reach = 1 + scale * std::abs(noise.normal());
      text += fmt::format("{},{},{},{},{},{}\n", format_timestamp((12'000 + t) * kNsPerDay), symbol, open,
                          std::max(open, close) * reach, std::min(open, close) / reach, close);
    }
    return text;
  }
  std::string write(const std::string& name, const std::string& rows) {
    write_file_atomically(folder_ / name, "timestamp,symbol,open,high,low,close\n" + rows);
    return (folder_ / name).string();
  }

  [[nodiscard]] AnalyzeOptions options(const std::vector<std::string>& inputs) const {
    AnalyzeOptions options;
    options.data.inputs = inputs;
    options.choose_features = [](const market::MarketData&, Observer&) {
      return features::FeatureSet(
          features::FeatureSpecification{{}, {"log_return(1), realised_volatility(10)"}, {}, {}}, {});
    };
    options.windows.window_size = 5;
    options.encoder.head_size = 8;
    options.encoder.embedding_dim = 4;
    options.labels.regimes.method = regimes::RegimeMethod::kJump;
    options.labels.regimes.regime_count = 2;
    options.labels.asof.initial_stamps = 150;
    options.compares_methods = false;
    options.maps.methods = {labelling::MapMethod::kPca};
    options.program = "test";
    options.version = "1";
    options.config = {{"settings", nlohmann::json::object()}};
    return options;
  }

  MarketAnalysis run(const AnalyzeOptions& options) { return run_on(pool_, options); }
  MarketAnalysis run_on(ThreadPool& pool, const AnalyzeOptions& options) {
    const ReportMakers makers = {
        [](const std::filesystem::path& folder, const nlohmann::ordered_json& run, ThreadPool&, Observer&) {
          write_file_atomically(folder / "page.txt", run.dump());
          return StageOutcome{{"page.txt"}, "a page"};
        },
        [](const std::filesystem::path& folder, const MarketAnalysis& analysis) {
          write_file_atomically(folder / "overview.txt", std::to_string(analysis.instruments.size()));
          return StageOutcome{{"overview.txt"}, "an overview"};
        }};
    return analyze_market(folder_ / "out", options, makers, pool, silent_observer());
  }

  // Digest of every file below the folder, by its path.
  [[nodiscard]] std::map<std::string, std::string> digests() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "out"))
      if (entry.is_regular_file())
        all[entry.path().lexically_relative(folder_).string()] = sha256_file_hex(entry.path());
    return all;
  }
  [[nodiscard]] bool has(const std::string& path) const {
    return std::filesystem::exists(folder_ / "out" / path);
  }

  std::filesystem::path folder_ =
      testing::TempDir() + "analyze_market_" + testing::UnitTest::GetInstance()->current_test_info()->name();
  ThreadPool pool_{2};
};

std::vector<std::string> stages_that_ran(const AnalyzedInstrument& instrument) {
  std::vector<std::string> names;
  for (const StageRecord& stage : instrument.stages)
    if (!stage.was_skipped) names.push_back(stage.name);
  return names;
}

TEST_F(AnalyzeMarket, WritesEveryArtifactAndListsItWithItsDigest) {
  const MarketAnalysis made = run(options({write("a.csv", bars("AAA", 500, 1))}));
  ASSERT_EQ(made.instruments.size(), 1U);
  EXPECT_EQ(made.instruments.front().name, "AAA");
  EXPECT_EQ(made.instruments.front().folder, "");
  const nlohmann::json record = nlohmann::json::parse(read_file(folder_ / "out" / report::kRunFile));
  std::map<std::string, std::string> listed;
  for (const nlohmann::json& stage : record.at("stages"))
    for (const nlohmann::json& file : stage.at("outputs"))
      listed["out/" + file.at("path").get<std::string>()] = file.at("sha256").get<std::string>();
  std::map<std::string, std::string> found = digests();
  found.erase(std::string("out/") + report::kRunFile);
  found.erase(std::string("out/") + kStagesFile);
  EXPECT_EQ(listed, found);
  for (const char* name :
       {report::kBarsFile, report::kHealthFile, report::kFeaturesFile, report::kScalerFile,
        report::kEmbeddingsFile, report::kAssignmentsFile, report::kRegimesFile, report::kStructureFile,
        "asof/structure.json", report::kMapsFile, "pca_coords.csv", report::kLevelsFile, "page.txt"})
    EXPECT_TRUE(has(name)) << name;
}

TEST_F(AnalyzeMarket, FindsRegimesThatAreThere) {
  run(options({write("a.csv", bars("AAA", 900, 2))}));
  const nlohmann::json structure = nlohmann::json::parse(read_file(folder_ / "out" / report::kStructureFile));
  ASSERT_EQ(structure.at("regimes").size(), 2U);
  const auto volatility = [&](std::size_t k) {
    return structure.at("regimes").at(k).at("returns").at("annual_volatility").get<double>();
  };
  EXPECT_GT(volatility(1), 3 * volatility(0));
  EXPECT_TRUE(structure.at("separation").at("separates_volatility").get<bool>());
}

TEST_F(AnalyzeMarket, RunsNoStageAgainWhenNothingHasChanged) {
  const AnalyzeOptions same = options({write("a.csv", bars("AAA", 500, 1))});
  EXPECT_FALSE(run(same).was_unchanged());
  const auto first = digests();
  EXPECT_TRUE(run(same).was_unchanged());
  EXPECT_EQ(digests(), first);
}

TEST_F(AnalyzeMarket, RunsOnlyWhatDependsOnAChange) {
  AnalyzeOptions changed = options({write("a.csv", bars("AAA", 500, 1))});
  run(changed);
  changed.settings[StageName::kMaps] = {{"projection", {{"value", "none"}}}};
  changed.maps.methods.clear();
  EXPECT_THAT(stages_that_ran(run(changed).instruments.front()),
              testing::ElementsAre("maps", "levels", "report"));
  EXPECT_FALSE(has("pca_coords.csv"));
  write("a.csv", bars("AAA", 501, 1));
  EXPECT_THAT(stages_that_ran(run(changed).instruments.front()), Contains("data"));
}

TEST_F(AnalyzeMarket, GivesTheSameBytesInAnotherFolderAndWithOtherThreads) {
  const AnalyzeOptions same = options({write("a.csv", bars("AAA", 500, 1))});
  run(same);
  const auto first = digests();
  std::filesystem::remove_all(folder_ / "out");
  std::filesystem::create_directories(folder_ / "out");
  ThreadPool one(1);
  EXPECT_FALSE(run_on(one, same).was_unchanged());
  EXPECT_EQ(digests(), first);
}

TEST_F(AnalyzeMarket, GoesOnWhenOneInstrumentIsBroken) {
  std::string broken = bars("BAD", 400, 3);
  broken.replace(broken.find(",100,"), 5, ",-5,");  // an opening price below zero
  const MarketAnalysis made = run(
      options({write("all.csv", bars("AAA", 500, 1) + broken + bars("CCC", 500, 4) + bars("SHORT", 20, 5))}));
  EXPECT_EQ(made.failure_count(), 2);
  std::map<std::string, std::string> failures;
  for (const AnalyzedInstrument& one : made.instruments) failures[one.name] = one.failure;
  EXPECT_EQ(failures["AAA"], "");
  EXPECT_EQ(failures["CCC"], "");
  EXPECT_THAT(failures["BAD"], HasSubstr("-5"));
  EXPECT_THAT(failures["SHORT"], HasSubstr("regimes need at least"));
  EXPECT_TRUE(has("AAA/page.txt"));
  EXPECT_TRUE(has("CCC/run.json"));
  EXPECT_FALSE(has("BAD"));
}

TEST_F(AnalyzeMarket, RemovesWhatBelongsToInstrumentsThatAreGone) {
  const std::string both = write("all.csv", bars("AAA", 500, 1) + bars("CCC", 500, 4));
  EXPECT_FALSE(run(options({both})).was_unchanged());
  EXPECT_TRUE(has("overview.txt"));
  EXPECT_TRUE(has("run.json"));
  EXPECT_TRUE(run(options({both})).was_unchanged());
  write_file_atomically(folder_ / "out/CCC/mine.txt", "keep");
  run(options({write("all.csv", bars("AAA", 500, 1))}));
  EXPECT_FALSE(has("AAA"));
  EXPECT_FALSE(has("overview.txt"));
  EXPECT_FALSE(has("CCC/page.txt"));
  EXPECT_TRUE(has("CCC/mine.txt"));
  EXPECT_TRUE(has("page.txt"));
}

TEST_F(AnalyzeMarket, LeavesNoReportOfWhatCouldNotBeAnalysedAnyMore) {
  AnalyzeOptions one = options({write("a.csv", bars("AAA", 500, 1))});
  run(one);
  EXPECT_TRUE(has("page.txt"));
  write("a.csv", bars("AAA", 30, 1));
  EXPECT_THROW(run(one), Error);
  EXPECT_FALSE(has("page.txt"));
  EXPECT_FALSE(has("run.json"));
}

TEST_F(AnalyzeMarket, TellsEachInstrumentWhereItsBarsCameFrom) {
  run(options({write("a.csv", bars("AAA", 500, 1)), write("c.csv", bars("CCC", 500, 2))}));
  const nlohmann::json record = nlohmann::json::parse(read_file(folder_ / "out/CCC/run.json"));
  ASSERT_EQ(record.at("inputs").size(), 1U);
  EXPECT_THAT(record.at("inputs").front().at("path").get<std::string>(), HasSubstr("c.csv"));
}

TEST_F(AnalyzeMarket, BeginsNewNumbersForOtherDataInTheFolder) {
  const std::string path = write("a.csv", bars("AAA", 500, 1));
  run(options({path}));
  std::string later = bars("BBB", 500, 2);
  write("a.csv", later);
  EXPECT_EQ(run(options({path})).failure_count(), 0);
  EXPECT_THAT(read_file(folder_ / "out" / report::kRunFile), HasSubstr("held regimes of other data"));
}

TEST_F(AnalyzeMarket, ReadsNothingThatItWroteItself) {
  write("out/a.csv", bars("AAA", 500, 1));
  const AnalyzeOptions into_itself = options({(folder_ / "out").string()});
  run(into_itself);
  const MarketAnalysis again = run(into_itself);
  ASSERT_EQ(again.instruments.size(), 1U);
  EXPECT_TRUE(again.was_unchanged());
  try {
    run(options({(folder_ / "out" / report::kBarsFile).string()}));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("name another --output-dir"));
  }
}

TEST_F(AnalyzeMarket, FindsRegimesInFeaturesThoughNoWindowFits) {
  AnalyzeOptions one = options({write("a.csv", bars("AAA", 500, 1))});
  one.windows.window_size = 2'000;
  run(one);
  EXPECT_TRUE(has("page.txt"));
  EXPECT_FALSE(has("embeddings.npy"));
  one.rows = RowKind::kEmbeddings;
  one.settings[StageName::kEmbeddings] = {{"rows", {{"value", "embeddings"}}}};
  EXPECT_THROW(run(one), Error);
}

TEST_F(AnalyzeMarket, GoesOnWhenOneFileCannotBeRead) {
  write_file_atomically(folder_ / "b.csv", "<html><body>Too many requests</body></html>\n");
  const MarketAnalysis made =
      run(options({write("a.csv", bars("AAA", 500, 1)), (folder_ / "b.csv").string()}));
  ASSERT_EQ(made.instruments.size(), 2U);
  EXPECT_EQ(made.instruments[0].failure, "");
  EXPECT_THAT(made.instruments[1].name, HasSubstr("b.csv"));
  EXPECT_NE(made.instruments[1].failure, "");
}

TEST_F(AnalyzeMarket, ThrowsWhenTheOnlyInstrumentFails) {
  EXPECT_THROW(run(options({write("a.csv", bars("AAA", 8, 1))})), Error);
  EXPECT_THROW(run(options({(folder_ / "nowhere.csv").string()})), Error);
}

TEST_F(AnalyzeMarket, AnalysesTheInstrumentThatWasAskedFor) {
  AnalyzeOptions one = options({write("all.csv", bars("EURUSD", 500, 1) + bars("GBPUSD", 500, 2))});
  one.data.instrument = "eur_usd";
  const MarketAnalysis made = run(one);
  ASSERT_EQ(made.instruments.size(), 1U);
  EXPECT_EQ(made.instruments.front().name, "EURUSD");
  one.data.instrument = "EURUSE";
  one.settings[StageName::kData] = {{"instrument", {{"value", "EURUSE"}}}};
  try {
    run(one);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'EURUSD'"));
  }
}

TEST_F(AnalyzeMarket, TakesATableOfSignalsAsItStands) {
  std::string rows = "Date,close,trend,is_up,mood\n";
  RngStream noise = Rng(9).stream("signals");
  for (int t = 0; t < 400; ++t)
    rows += fmt::format("{},{},{},{},{}\n", format_timestamp((12'000 + t) * kNsPerDay).substr(0, 10),
                        100 + noise.normal(),
                        t % 7 == 0 ? "" : fmt::format("{}", (t / 50 % 2) + 0.1 * noise.normal()),
                        t % 3 == 0 ? "true" : "false", t / 50 % 2 == 0 ? "calm" : "wild");
  write_file_atomically(folder_ / "signals.csv", rows);
  AnalyzeOptions signals = options({(folder_ / "signals.csv").string()});
  signals.data.is_signal_table = true;
  signals.data.instrument = "EUR_USD";
  signals.rows = RowKind::kEmbeddings;
  signals.columns.exclude_columns = {"Date", "close"};
  const MarketAnalysis made = run(signals);
  EXPECT_THAT(stages_that_ran(made.instruments.front()), Not(Contains("features")));
  const nlohmann::json metadata = nlohmann::json::parse(read_file(folder_ / "out/embedding_metadata.json"));
  EXPECT_THAT(metadata.at("features_used").dump(), Not(HasSubstr("close")));
  EXPECT_THAT(read_file(folder_ / "out" / report::kAssignmentsFile), HasSubstr("EUR_USD"));
}

}  // namespace
}  // namespace regimetry::analysis
