// `regimetry cluster`, `assign` and the audit of a regime model, as users run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/atomic_file.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// A simulated market of 900 days of four regimes, its features of the jump-model literature.
class ClusterCommandTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    market_ = new TemporaryFolder;
    const std::string bars = path("market.parquet"), features = path("features.parquet");
    ASSERT_EQ(run_binary({"simulate", "--preset", "four-daily", "--bars", "900", "--seed", "3", "-o", bars})
                  .exit_code,
              0);
    ASSERT_EQ(run_binary({"features", bars, "--set", "jump", "-o", features}).exit_code, 0);
    ASSERT_EQ(run_binary({"embed", features, "--window-size", "5", "--num-heads", "1", "--head-size", "8",
                          "--output-dir", market_->path().string()})
                  .exit_code,
              0);
  }
  static void TearDownTestSuite() {
    delete market_;
    market_ = nullptr;
  }
  static std::string path(const std::string& name) { return (market_->path() / name).string(); }
  [[nodiscard]] std::string out(const std::string& name = "") const {
    return (folder_ / "out" / name).string();
  }
  [[nodiscard]] BinaryRun cluster(std::vector<std::string> more) const {
    std::vector<std::string> words{
        "cluster", "--regime-data-path", path("market.parquet"), "--output-dir", out(), "--asof-start",
        "300"};
    words.insert(words.end(), more.begin(), more.end());
    return run_binary(words);
  }
  // The cells of a column of cluster_assignments.csv, row by row.
  [[nodiscard]] std::vector<std::string> column(const std::string& file, const std::string& name) const {
    std::istringstream lines(read_file(file));
    std::string line;
    std::getline(lines, line);
    const auto cells_of = [](const std::string& text) {
      std::vector<std::string> cells(1);
      for (const char c : text) {
        if (c == ',')
          cells.emplace_back();
        else
          cells.back() += c;
      }
      return cells;
    };
    const std::vector<std::string> header = cells_of(line);
    const auto at = std::find(header.begin(), header.end(), name) - header.begin();
    std::vector<std::string> values;
    while (std::getline(lines, line)) values.push_back(cells_of(line).at(static_cast<std::size_t>(at)));
    return values;
  }
  static TemporaryFolder* market_;
  TemporaryFolder folder_;
};
TemporaryFolder* ClusterCommandTest::market_ = nullptr;

TEST_F(ClusterCommandTest, LaysRegimesOverTheBars) {
  const BinaryRun run = cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::string text = read_file(out("cluster_assignments.csv"));
  EXPECT_THAT(text.substr(0, text.find('\n')),
              AllOf(HasSubstr("timestamp,symbol,open,high,low,close,volume"),
                    HasSubstr("Cluster_ID,Cluster_ID_asof,Cluster_probability,Cluster_probability_asof")));
  const std::vector<std::string> ids = column(out("cluster_assignments.csv"), "Cluster_ID");
  ASSERT_EQ(ids.size(), 900U);
  // 61 rows warm up the longest feature of the set, four more the first window.
  const auto first = std::find_if(ids.begin(), ids.end(), [](const std::string& id) { return !id.empty(); });
  EXPECT_GT(first - ids.begin(), 4);
  EXPECT_EQ(std::count(first, ids.end(), ""), 0);
  EXPECT_THAT(ids, AllOf(Contains("0"), Contains("1"), Contains("2"), Not(Contains("3"))));
  const std::vector<std::string> asof = column(out("cluster_assignments.csv"), "Cluster_ID_asof");
  EXPECT_EQ(std::count(asof.begin(), asof.end(), ""), (first - ids.begin()) + 300);
}

TEST_F(ClusterCommandTest, SaysHowStableTheFitsWere) {
  const BinaryRun run = cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3"});
  EXPECT_THAT(run.out, HasSubstr("Stability: "));
  EXPECT_THAT(run.err, HasSubstr("interpret --input-path"));
  const nlohmann::json json = nlohmann::json::parse(read_file(out("regimes.json")));
  EXPECT_GT(json.at("label_stability").at("compared_pairs"), 0);
  EXPECT_LE(json.at("label_stability").at("agreement"), 1);
  EXPECT_EQ(json.at("asof_refits").size(), 5U) << "836 rows: after 300, 375, 469, 587 and 734";
}

TEST_F(ClusterCommandTest, OffersPivotedQrAndStudentNoise) {
  EXPECT_EQ(cluster({path("features.parquet"), "--assign-labels", "cluster_qr", "--n-clusters", "3",
                     "--no-asof", "--projection", "none"})
                .exit_code,
            0);
  const std::string qr = read_file(out("regime_model/regime_model.json"));
  EXPECT_THAT(qr, HasSubstr("\"assign_labels\": \"cluster_qr\""));
  EXPECT_EQ(cluster({path("features.parquet"), "--method", "hmm", "--student-noise", "--n-clusters", "2",
                     "--no-asof", "--projection", "none"})
                .exit_code,
            0);
  EXPECT_THAT(read_file(out("regime_model/regime_model.json")), HasSubstr("\"student_noise\": true"));
}

TEST_F(ClusterCommandTest, HasTheStructureThatInterpretFindsInItsTable) {
  const std::string strided = out("strided");
  ASSERT_EQ(run_binary({"embed", path("features.parquet"), "--window-size", "5", "--stride", "3",
                        "--num-heads", "1", "--head-size", "8", "--output-dir", strided})
                .exit_code,
            0);
  ASSERT_EQ(cluster({strided + "/embeddings.npy", "--method", "kmeans", "--n-clusters", "3", "--no-asof"})
                .exit_code,
            0);
  const BinaryRun run = run_binary({"interpret", "--input-path", out("cluster_assignments.csv"),
                                    "--output-dir", out("again"), "--replicates", "99"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("a regime every 3 rows at most"));
  for (const char* file : {"transition_matrix.csv", "regime_decision_table.csv", "cluster_role_summary.csv"})
    EXPECT_EQ(read_file(out(std::string("again/") + file)), read_file(out(file))) << file;
}

TEST_F(ClusterCommandTest, WritesTheSameBytesAgainAndKeepsItsNumbers) {
  const std::vector<std::string> words = {path("embeddings.npy"), "--method", "jump", "--persistence", "20",
                                          "--n-clusters",         "3"};
  ASSERT_EQ(cluster(words).exit_code, 0);
  const std::string first = read_file(out("cluster_assignments.csv")),
                    model = read_file(out("regime_model/regime_model.json"));
  ASSERT_EQ(cluster(words).exit_code, 0);
  EXPECT_EQ(read_file(out("cluster_assignments.csv")), first);
  EXPECT_EQ(read_file(out("regime_model/regime_model.json")), model);
}

TEST_F(ClusterCommandTest, ComparesEveryMethod) {
  const BinaryRun run =
      cluster({path("features.parquet"), "--compare", "all", "--n-clusters", "3", "--no-asof", "--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_THAT(run.err, AllOf(HasSubstr("regimetry assign --model"), Not(HasSubstr("--labels asof"))));
  ASSERT_EQ(json.at("comparison").at("methods").size(), 6U);
  for (const nlohmann::json& method : json.at("comparison").at("methods"))
    EXPECT_FALSE(method.contains("failure"));
  EXPECT_EQ(json.at("comparison").at("adjusted_rand_index").at("hmm").at("hmm"), 1);
}

TEST_F(ClusterCommandTest, TakesABareMatrixByItsShape) {
  std::vector<float> values;
  for (int row = 0; row < 896; ++row) values.push_back(static_cast<float>(row / 100 % 2 * 10 + row % 3));
  write_npy(folder_ / "bare.npy", values, std::vector<std::int64_t>{896, 1});
  const std::string bare = (folder_ / "bare.npy").string();
  const BinaryRun run = cluster({bare, "--window-size", "5", "--method", "kmeans", "--n-clusters", "2"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::vector<std::string> ids = column(out("cluster_assignments.csv"), "Cluster_ID");
  EXPECT_THAT(std::vector(ids.begin(), ids.begin() + 5), ElementsAre("", "", "", "", Not("")));
  const std::vector<std::string> asof = column(out("cluster_assignments.csv"), "Cluster_ID_asof");
  EXPECT_NE(asof.back(), "");
  for (const char* file : {"regime_assignments_baseline.csv", "pca_coords.csv"})
    EXPECT_THAT(read_file(out(file)), Not(HasSubstr("1970-01-01"))) << file;
  const nlohmann::json model = nlohmann::json::parse(read_file(out("regime_model/regime_model.json")));
  EXPECT_EQ(model.at("window_size"), 5);
  const BinaryRun wrong = cluster({bare, "--window-size", "6", "--method", "kmeans"});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("896 rows and no stamps"), HasSubstr("895 windows of 6 bars")));
}

TEST_F(ClusterCommandTest, FollowsNoBaselineByRowNumber) {
  std::vector<float> values;
  for (int row = 0; row < 400; ++row) values.push_back(static_cast<float>(row / 100 % 2 * 10 + row % 3));
  write_npy(folder_ / "bare.npy", values, std::vector<std::int64_t>{400, 1});
  std::vector<std::string> words = {"cluster",      (folder_ / "bare.npy").string(),
                                    "--method",     "kmeans",
                                    "--n-clusters", "2",
                                    "--no-asof",    "--projection",
                                    "none",         "--output-dir",
                                    out()};
  const BinaryRun run = run_binary(words);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("numbered afresh"));
  EXPECT_FALSE(std::filesystem::exists(out("regime_assignments_baseline.csv")));
  const BinaryRun assigned = run_binary({"assign", "--model", out("regime_model"), "--embedding-path",
                                         (folder_ / "bare.npy").string(), "-o", out("again.csv")});
  ASSERT_EQ(assigned.exit_code, 0) << assigned.err;
  EXPECT_THAT(assigned.err, HasSubstr("there is no Cluster_ID_asof"));
  EXPECT_THAT(read_file(out("again.csv")), Not(HasSubstr("Cluster_ID_asof")));
  words.insert(words.end(), {"--baseline", out()});
  const BinaryRun refused = run_binary(words);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("has no stamps"));
}

TEST_F(ClusterCommandTest, RefusesABaselineThatIsNotThere) {
  const BinaryRun run = cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3",
                                 "--baseline", folder_.path().string()});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("has no regime_assignments_baseline.csv"));
  EXPECT_FALSE(std::filesystem::exists(out("cluster_assignments.csv")));
}

TEST_F(ClusterCommandTest, DoesNotMixTheNumbersOfTwoFolders) {
  const std::vector<std::string> words = {path("features.parquet"), "--method", "kmeans",
                                          "--n-clusters",           "3",        "--no-asof",
                                          "--projection",           "none"};
  ASSERT_EQ(cluster(words).exit_code, 0);
  std::vector<std::string> elsewhere = words;
  elsewhere.insert(elsewhere.end(), {"--baseline", out(), "--output-dir", out("other")});
  ASSERT_EQ(cluster(elsewhere).exit_code, 0) << "a new folder takes the numbers of the first";
  std::vector<std::string> mixed = words;
  mixed.insert(mixed.end(), {"--baseline", out("other")});
  const BinaryRun run = cluster(mixed);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("keeps numbers of its own"));
}

TEST_F(ClusterCommandTest, SaysWhatIsWrongAndWhatWouldFit) {
  EXPECT_THAT(cluster({path("embeddings.npy"), "--n-clusters", "many"}).err,
              HasSubstr("n_clusters is 'many'"));
  EXPECT_THAT(cluster({path("embeddings.npy"), "--method", "gmm", "--persistence", "50"}).err,
              HasSubstr("persistence is for the methods jump and spectral"));
  const BinaryRun regimes = cluster({path("embeddings.npy"), "--n-clusters", "101"});
  EXPECT_EQ(regimes.exit_code, 2);
  EXPECT_THAT(regimes.err, HasSubstr("n_clusters is 101: spectral clustering finds at most 100"));
  const BinaryRun many = cluster({path("embeddings.npy"), "--window-size", "9", "--n-clusters", "3"});
  EXPECT_EQ(many.exit_code, 2);
  EXPECT_THAT(many.err, HasSubstr("was made with 5"));
  EXPECT_FALSE(std::filesystem::exists(out("cluster_assignments.csv")));
}

TEST_F(ClusterCommandTest, NamesSettingsThatChangeNothing) {
  const BinaryRun run =
      cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3", "--most-clusters", "5",
               "--jump-loss", "gaussian", "--neighbors", "7", "--no-asof", "--projection", "none"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(
      run.err,
      AllOf(HasSubstr("--jump-loss, --neighbors changed nothing: the method kmeans makes no use of them"),
            HasSubstr("--most-clusters changed nothing"), HasSubstr("--asof-start changed nothing")));
  const BinaryRun apt = cluster({path("embeddings.npy"), "--method", "jump", "--n-clusters", "2",
                                 "--jump-loss", "gaussian", "--persistence", "50", "--projection", "none"});
  EXPECT_EQ(apt.exit_code, 0) << apt.err;
  EXPECT_THAT(apt.err, Not(HasSubstr("changed nothing")));
}

TEST_F(ClusterCommandTest, TellsTheStructureToMachinesToo) {
  const BinaryRun run = cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3",
                                 "--no-asof", "--projection", "none", "--json"});
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json.at("structure").at("regimes").size(), 3U);
  EXPECT_EQ(json.at("structure").at("transitions"),
            nlohmann::json::parse(read_file(out("structure.json"))).at("transitions"));
}

TEST_F(ClusterCommandTest, LeavesAModelThatNamesNewRows) {
  ASSERT_EQ(cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3"}).exit_code, 0);
  const BinaryRun run = run_binary({"assign", "--model", out(), "--embedding-path", path("embeddings.npy"),
                                    "--regime-data-path", path("market.parquet"), "-o", out("again.csv")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(column(out("again.csv"), "Cluster_ID"), column(out("cluster_assignments.csv"), "Cluster_ID"));
  EXPECT_THAT(column(out("again.csv"), "Unlike_training"), Not(Contains("1")));
  const BinaryRun wrong = run_binary({"assign", "--model", out("regime_model"), "--embedding-path",
                                      path("features.parquet"), "-o", out("wrong.csv")});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_THAT(wrong.err, HasSubstr("the model was fitted on an embedding"));
}

TEST_F(ClusterCommandTest, AssignTellsLabelsKnownAtTheTimeFromThoseThatDescribe) {
  // The features of the first 700 bars make the model; those of all 900 are named by it.
  // Both are copies without the record beside them, so that they hold the same columns.
  const std::string whole = path("features.csv"), table = (folder_ / "late.csv").string();
  ASSERT_EQ(run_binary({"features", path("market.parquet"), "--set", "jump", "-o", whole}).exit_code, 0);
  write_file_atomically(table, read_file(whole));
  std::istringstream lines(read_file(whole));
  std::string line, early, last;
  for (int row = 0; row <= 700 && std::getline(lines, line); ++row) early += line + "\n";
  last = line.substr(0, 10);
  write_file_atomically(folder_ / "early.csv", early);
  ASSERT_EQ(run_binary({"cluster", (folder_ / "early.csv").string(), "--method", "kmeans", "--n-clusters",
                        "3", "--no-asof", "--projection", "none", "--output-dir", out()})
                .exit_code,
            0);
  const BinaryRun run = run_binary(
      {"assign", "--model", out("regime_model"), "--embedding-path", table, "-o", out("named.csv")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::string file = out("named.csv");
  const std::vector<std::string> stamps = column(file, "timestamp"), ids = column(file, "Cluster_ID"),
                                 asof = column(file, "Cluster_ID_asof"),
                                 probability = column(file, "Cluster_probability_asof");
  EXPECT_EQ(std::count(ids.begin(), ids.end(), ""), 0);
  std::int64_t known = 0;
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const bool is_later = stamps[row].substr(0, 10) > last;
    EXPECT_EQ(asof[row], is_later ? ids[row] : "") << stamps[row];
    EXPECT_EQ(probability[row].empty(), !is_later) << stamps[row];
    known += is_later ? 1 : 0;
  }
  EXPECT_EQ(known, 200);
  const BinaryRun read = run_binary({"interpret", "--input-path", file, "--labels", "asof", "--output-dir",
                                     out("asof"), "--replicates", "99"});
  EXPECT_EQ(read.exit_code, 0) << read.err;
  EXPECT_THAT(read.out, Not(HasSubstr("These are final labels")));
}

// The audit of what cluster() wrote, as users run it.
class RegimeModelAuditTest : public ClusterCommandTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(
        cluster({path("embeddings.npy"), "--method", "kmeans", "--n-clusters", "3", "--projection", "none"})
            .exit_code,
        0);
  }
  [[nodiscard]] BinaryRun audit(const std::string& model, const std::string& rows,
                                const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"audit",
                                      "lookahead",
                                      model,
                                      "--embedding-path",
                                      rows,
                                      "--regime-data-path",
                                      path("market.parquet"),
                                      "--regime-cuts",
                                      "1"};
    words.insert(words.end(), more.begin(), more.end());
    return run_binary(words);
  }
  // The file beside the model with the last label known at the time set to `label`.
  void damage_last_label(const std::string& label) const {
    std::string text = read_file(out("cluster_assignments.csv"));
    const std::string header = text.substr(0, text.find('\n'));
    const auto before = std::count(
        header.begin(), header.begin() + static_cast<std::ptrdiff_t>(header.find("Cluster_ID_asof")), ',');
    std::size_t cell = text.rfind('\n', text.size() - 2) + 1;
    for (std::ptrdiff_t i = 0; i < before; ++i) cell = text.find(',', cell) + 1;
    text.replace(cell, text.find(',', cell) - cell, label);
    write_file_atomically(out("cluster_assignments.csv"), text);
  }
};

TEST_F(RegimeModelAuditTest, ProvesThatLabelsWereKnownAtTheTime) {
  const BinaryRun run = audit(out("regime_model"), path("embeddings.npy"));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("cluster_assignments.csv: its 536 labels are those made again."),
                             HasSubstr("No label depends on rows after it")));
  EXPECT_THAT(run_binary({"audit", "lookahead", out("regime_model")}).err,
              HasSubstr("embedding_path is missing"));
}

TEST_F(RegimeModelAuditTest, SaysThatTheScaleOfTheRowsKnewTheirFuture) {
  const BinaryRun text = audit(out(), path("embeddings.npy"));
  EXPECT_THAT(text.out, AllOf(HasSubstr("but the rows themselves depend on later ones"),
                              HasSubstr("embed --fit-until")));
  EXPECT_THAT(text.err, Not(HasSubstr("nothing found")));
  const nlohmann::json json = nlohmann::json::parse(audit(out(), path("embeddings.npy"), {"--json"}).out);
  EXPECT_EQ(json.at("verdict"), "none_found_with_caveat");
  EXPECT_EQ(json.at("caveats").size(), 1U);
  EXPECT_EQ(json.at("stored_labels").at("differing_rows"), 0);
}

TEST_F(RegimeModelAuditTest, FindsNothingWhereNothingIsToBeFound) {
  ASSERT_EQ(
      cluster({path("features.parquet"), "--method", "kmeans", "--n-clusters", "3", "--projection", "none"})
          .exit_code,
      0);
  const BinaryRun run = audit(out(), path("features.parquet"), {"--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json.at("verdict"), "none_found");
  EXPECT_TRUE(json.at("caveats").empty());
  // The numbers of the baseline that the first run left there differ from those of the run alone.
  EXPECT_EQ(json.at("stored_labels").at("differing_rows"), 0);
}

TEST_F(RegimeModelAuditTest, NamesALabelOnDiskThatWasNotKnownThen) {
  damage_last_label("9");
  const BinaryRun run = audit(out("regime_model"), path("embeddings.npy"));
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("1 of 536 labels differ from those made again; first at "),
                             HasSubstr(", 9 in the file, "),
                             HasSubstr("The labels on disk are not those that were known at the time.")));
  const nlohmann::json json = nlohmann::json::parse(audit(out(), path("embeddings.npy"), {"--json"}).out);
  EXPECT_EQ(json.at("verdict"), "found");
  EXPECT_EQ(json.at("stored_labels").at("first").at("stored"), 9);
}

TEST_F(RegimeModelAuditTest, RefusesRowsThatAreNotTheModels) {
  const BinaryRun features = audit(out("regime_model"), path("features.parquet"));
  EXPECT_EQ(features.exit_code, 3);
  EXPECT_THAT(features.err, HasSubstr("the model was fitted on an embedding"));
  ASSERT_EQ(run_binary({"embed", path("features.parquet"), "--window-size", "5", "--num-heads", "1",
                        "--head-size", "8", "--seed", "9", "--output-dir", out("other")})
                .exit_code,
            0);
  const BinaryRun other = audit(out("regime_model"), out("other/embeddings.npy"));
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("was made with another encoder"));
}

TEST_F(RegimeModelAuditTest, SaysWhereTheLabelsOnDiskAreMissing) {
  std::filesystem::remove(out("cluster_assignments.csv"));
  EXPECT_THAT(audit(out(), path("embeddings.npy")).out, HasSubstr("so no labels on disk were compared"));
}

}  // namespace
}  // namespace regimetry::cli
