#include "labelling/truth_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/atomic_file.hpp"

namespace regimetry::labelling {
namespace {

using testing::ElementsAre;

// Six days of a simulated market; the first has no row in the source.
class TruthMatchTest : public testing::Test {
 protected:
  TruthMatchTest() {
    std::filesystem::create_directories(folder_);
    write_file_atomically(
        folder_ / "bars.csv",
        "timestamp,close,true_regime,oracle_filter\n2020-01-01,1,bull,bull\n2020-01-02,1,bull,bear\n"
        "2020-01-03,1,bull,bull\n2020-01-04,1,bear,bear\n2020-01-05,1,bear,bear\n2020-01-06,1,,bear\n");
    write_file_atomically(
        folder_ / "rows.csv",
        "timestamp,x\n2020-01-02,1\n2020-01-03,2\n2020-01-04,3\n2020-01-05,4\n2020-01-06,5\n");
  }
  ~TruthMatchTest() override { std::filesystem::remove_all(folder_); }

  PlacedSource placed() {
    PlacedSourceOptions options;
    options.embedding_path = folder_ / "rows.csv";
    options.regime_data_path = folder_ / "bars.csv";
    options.columns.feature_columns = {"x"};
    return read_placed_source(options, {}, pool_, silent_observer());
  }

  std::filesystem::path folder_ =
      testing::TempDir() + "truth_match_" + testing::UnitTest::GetInstance()->current_test_info()->name();
  ThreadPool pool_{1};
};

TEST_F(TruthMatchTest, ReadsTheTruthOfEachRow) {
  const std::optional<KnownTruth> truth = find_truth(placed());
  ASSERT_TRUE(truth.has_value());
  EXPECT_THAT(truth->names, ElementsAre("bull", "bear"));
  EXPECT_THAT(truth->ids, ElementsAre(0, 0, 1, 1, -1));
  EXPECT_THAT(truth->filter, ElementsAre(1, 0, 1, 1, 1));
  EXPECT_TRUE(truth->smoother.empty());
}

TEST_F(TruthMatchTest, FindsNoneInARealMarket) {
  write_file_atomically(
      folder_ / "bars.csv",
      "timestamp,close\n2020-01-02,1\n2020-01-03,1\n2020-01-04,1\n2020-01-05,1\n2020-01-06,1\n");
  EXPECT_FALSE(find_truth(placed()).has_value());
}

TEST_F(TruthMatchTest, JudgesFinalLabelsThoseOfTheTimeAndTheOracle) {
  const KnownTruth truth{{"bull", "bear"}, {0, 0, 1, 1, -1}, {1, 0, 1, 1, 1}, {}};
  LabelledRegimes labelled = [] {
    MatrixF values = MatrixF::Random(60, 1);
    RegimeSource source;
    source.values = values;
    for (int t = 0; t < 60; ++t) source.timestamps.push_back(t * kNsPerDay);
    source.instruments = {{"A", {kNsPerDay, 0}, 252, {0, 60}}};
    ThreadPool pool(1);
    LabelOptions options;
    options.regimes.method = regimes::RegimeMethod::kKMeans;
    options.regimes.regime_count = 2;
    options.with_asof = false;
    return label_regimes(source, {}, nullptr, options, Rng(1), pool, silent_observer());
  }();
  labelled.ids = {5, 5, 3, 3, 3};          // perfect under other numbers; the last row is not judged
  labelled.asof.ids = {-1, -1, -1, 5, 3};  // one row is judged
  const std::vector<TruthMatch> matches = match_truth(truth, "kmeans", labelled, std::nullopt);
  ASSERT_EQ(matches.size(), 3U);
  EXPECT_EQ(matches[0].adjusted_rand_index, 1);
  EXPECT_EQ(matches[0].balanced_accuracy, 1);
  EXPECT_EQ(matches[0].rows, 4);
  EXPECT_TRUE(matches[1].is_asof);
  EXPECT_EQ(matches[1].rows, 1);
  EXPECT_EQ(matches[2].method, "oracle_filter");
  EXPECT_EQ(matches[2].balanced_accuracy, 0.75);  // half of the bulls, all of the bears
  const nlohmann::json json = to_json(matches);
  EXPECT_EQ(json.at("methods").size(), 2U);
  EXPECT_EQ(json.at("oracle").at("filter").at("balanced_accuracy"), 0.75);
  EXPECT_TRUE(json.at("oracle").at("smoother").is_null());
}

}  // namespace
}  // namespace regimetry::labelling
