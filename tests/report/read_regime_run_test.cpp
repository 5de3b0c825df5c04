#include "report/read_regime_run.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "market/support/expect_error.hpp"
#include "report/run_files.hpp"

namespace regimetry::report {
namespace {

using market::expect_error;
using testing::ElementsAre;
using testing::IsEmpty;

class ReadRegimeRun : public testing::Test {
 protected:
  ReadRegimeRun() { std::filesystem::create_directories(folder_ / "asof"); }
  ~ReadRegimeRun() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    write_file_atomically(folder_ / name, text);
  }
  // Six days; the first has no regime.
  void write_labels(const std::string& extra_header = "", const std::vector<std::string>& extra = {}) {
    std::string text =
        "timestamp,symbol,open,high,low,close,volume,Cluster_ID,Cluster_probability" + extra_header + "\n";
    const std::vector<std::string> ids = {"", "2", "2", "0", "0", "2"};
    for (std::size_t t = 0; t < ids.size(); ++t)
      text += fmt::format("2020-01-0{}T00:00:00Z,AAA,1,3,0.5,2,7,{},{}{}\n", t + 1, ids[t],
                          t == 0 ? "" : "0.75", t < extra.size() ? "," + extra[t] : "");
    write(kAssignmentsFile, text);
  }
  RegimeRun read() { return read_regime_run(folder_, read_run_record(folder_), pool_); }

  std::filesystem::path folder_ =
      testing::TempDir() + "read_regime_run_" + testing::UnitTest::GetInstance()->current_test_info()->name();
  ThreadPool pool_{1};
};

TEST_F(ReadRegimeRun, ReadsBarsAndLabels) {
  write_labels();
  const RegimeRun run = read();
  EXPECT_EQ(run.symbol, "AAA");
  EXPECT_EQ(run.timeframe, "1d");
  EXPECT_THAT(run.final_labels.ids, ElementsAre(-1, 2, 2, 0, 0, 2));
  EXPECT_EQ(run.final_labels.probabilities[1], 0.75);
  EXPECT_THAT(run.high, ElementsAre(3, 3, 3, 3, 3, 3));
  EXPECT_TRUE(run.asof_labels.empty());
  EXPECT_TRUE(run.truth.empty());
  EXPECT_TRUE(run.regimes.is_null());
  EXPECT_THAT(run.maps, IsEmpty());
}

TEST_F(ReadRegimeRun, GivesTrueRegimesTheNumbersOfTheFoundOnesTheyMatch) {
  write_labels(",true_regime", {"bear", "bear", "bear", "bull", "bull", "odd"});
  const RegimeRun run = read();
  EXPECT_THAT(run.truth.ids,
              ElementsAre(2, 2, 2, 0, 0, 3));  // odd matches nothing and follows the highest number
  EXPECT_THAT(run.truth_names, ElementsAre("bull", "", "bear", "odd"));
}

TEST_F(ReadRegimeRun, FindsTheBarOfEachPointOfAMap) {
  write_labels();
  write("tsne_coords.csv",
        "timestamp,x,y,Cluster_ID\n2020-01-02T00:00:00Z,1.5,2.5,2\n2020-01-05T00:00:00Z,3.5,4.5,0\n");
  write(kMapsFile, R"([{"method":"tsne","rows":2,"trustworthiness":0.9}])");
  const RegimeRun run = read();
  ASSERT_EQ(run.maps.size(), 1U);
  EXPECT_THAT(run.maps.front().bars, ElementsAre(1, 4));
  EXPECT_THAT(run.maps.front().y, ElementsAre(2.5F, 4.5F));
  EXPECT_EQ(*run.maps.front().trustworthiness, 0.9);
  EXPECT_FALSE(run.maps.front().neighborhood_preservation.has_value());
}

TEST_F(ReadRegimeRun, ReadsWhatWasKnownAtTheTimeOnlyWhereSomethingWas) {
  write_labels(",Cluster_ID_asof", {"", "", "", "0", "0", "2"});
  write("asof/structure.json", R"({"rows": 6})");
  EXPECT_THAT(read().asof_labels.ids, ElementsAre(-1, -1, -1, 0, 0, 2));
  EXPECT_EQ(read().asof_labels.structure.at("rows"), 6);
  write_labels(",Cluster_ID_asof", {"", "", "", "", "", ""});
  EXPECT_TRUE(read().asof_labels.empty());
}

TEST_F(ReadRegimeRun, LeavesTheReportItselfOutOfTheRecord) {
  write_labels();
  write(kRunFile, R"({"inputs":[{"path":"a.csv"}],"stages":[{"name":"data"},{"name":"report"}]})");
  const RegimeRun run = read();
  ASSERT_EQ(run.run.at("stages").size(), 1U);
  EXPECT_EQ(run.source, "a.csv");
}

TEST_F(ReadRegimeRun, SaysWhatIsMissingOrDamaged) {
  expect_error(ErrorKind::kUsage, {"holds no cluster_assignments.csv", "regimetry analyze"},
               [&] { (void)read(); });
  write_labels();
  write(kStructureFile, "{");
  expect_error(ErrorKind::kData, {"structure.json", "is damaged"}, [&] { (void)read(); });
  write(kAssignmentsFile, "timestamp,Cluster_ID\n2020-01-01,\n2020-01-02,\n");
  expect_error(ErrorKind::kData, {"no row has a regime"}, [&] { (void)read(); });
  write(kAssignmentsFile, "timestamp,symbol,Cluster_ID\n2020-01-01,A,1\n2020-01-02,B,1\n");
  expect_error(ErrorKind::kUsage, {"2 instruments"}, [&] { (void)read(); });
}

}  // namespace
}  // namespace regimetry::report
