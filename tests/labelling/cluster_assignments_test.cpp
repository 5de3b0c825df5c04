#include "labelling/cluster_assignments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/temporary_folder.hpp"
#include "labelling/bar_table.hpp"
#include "labelling/source_table.hpp"

namespace regimetry::labelling {
namespace {

using testing::HasSubstr;

struct Notes final : Observer {
  void on_note(std::string_view text) override { notes.emplace_back(text); }
  std::vector<std::string> notes;
};

RegimeSource two_rows(const char* first, const char* second) {
  RegimeSource source;
  source.path = "x.npy";
  source.values = MatrixF::Zero(2, 1);
  source.timestamps = {*parse_iso_timestamp(first), *parse_iso_timestamp(second)};
  source.instruments = {{"", {}, 0, {0, 2}}};
  return source;
}

class ClusterAssignmentsTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  ThreadPool pool_{1};
  Notes observer_;
};

TEST_F(ClusterAssignmentsTest, HoldTheTableAndTheLabelsBesideIt) {
  const BarTable bars(
      folder_.write("EURUSD.csv", "time,close,note\n2024-01-01,1.5,a\n2024-01-02,2,\n2024-01-03,2.5,b\n"), {},
      {}, pool_, observer_);
  const RegimeSource source = two_rows("2024-01-02", "2024-01-03");
  const std::vector<LabelColumn> labels = {{"Cluster_ID", {3, 0}}, {"Cluster_ID_asof", {std::nan(""), 1}}};
  write_cluster_assignments(folder_ / "out.csv", bars.table(), source, place_rows(source, bars.table(), {}),
                            labels, nlohmann::json::object(), pool_, observer_);
  EXPECT_EQ(TemporaryFolder::read(folder_ / "out.csv"),
            "timestamp,close,note,Cluster_ID,Cluster_ID_asof\n"
            "2024-01-01T00:00:00Z,1.5,a,,\n"
            "2024-01-02T00:00:00Z,2,,3,\n"
            "2024-01-03T00:00:00Z,2.5,b,0,1\n");
}

TEST_F(ClusterAssignmentsTest, ReplaceLabelsOfAnEarlierRun) {
  const BarTable bars(
      folder_.write("b.csv", "time,close,Cluster_ID\n2024-01-01,1,9\n2024-01-02,2,9\n2024-01-03,3,9\n"), {},
      {}, pool_, observer_);
  const RegimeSource source = two_rows("2024-01-02", "2024-01-03");
  const std::vector<LabelColumn> labels = {{"Cluster_ID", {0, 1}}};
  write_cluster_assignments(folder_ / "out.csv", bars.table(), source, place_rows(source, bars.table(), {}),
                            labels, nlohmann::json::object(), pool_, observer_);
  EXPECT_THAT(TemporaryFolder::read(folder_ / "out.csv"),
              HasSubstr("close,Cluster_ID\n2024-01-01T00:00:00Z,1,\n"));
  EXPECT_THAT(observer_.notes, testing::Contains(HasSubstr("replaced by the labels made now")));
}

TEST_F(ClusterAssignmentsTest, StandAloneWithoutATable) {
  const RegimeSource source = two_rows("2024-01-02", "2024-01-03");
  const std::vector<LabelColumn> labels = {{"Cluster_ID", {1, 0}}};
  write_cluster_assignments(folder_ / "out.csv", source_table(source), source, own_places(source), labels,
                            nlohmann::json::object(), pool_, observer_);
  EXPECT_EQ(TemporaryFolder::read(folder_ / "out.csv"),
            "timestamp,Cluster_ID\n2024-01-02T00:00:00Z,1\n2024-01-03T00:00:00Z,0\n");
}

}  // namespace
}  // namespace regimetry::labelling
