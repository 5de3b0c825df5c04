#include "regimes/structure/structure_files.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/atomic_file.hpp"
#include "core/temporary_folder.hpp"
#include "regimes/structure/decision_table.hpp"

namespace regimetry::regimes {
namespace {

TEST(WriteStructure, WritesEveryFileAndNothingElse) {
  const TemporaryFolder folder;
  ThreadPool pool(1);
  const std::vector<std::int32_t> labels{0, 0, 1, 0, 1, 1};
  const std::vector<IndexRange> one{{0, 6}};
  const Structure structure = describe_structure({labels, one, {}, 0}, {.replicates = 99}, Rng(1), pool);
  write_structure(folder.path(), structure, {{"label_column", "Cluster_ID"}});
  const auto file = [&](const char* name) { return read_file(folder.path() / name); };
  EXPECT_EQ(file("transition_matrix.csv"), transition_matrix_csv(structure.matrix));
  EXPECT_EQ(file("regime_decision_table.csv"), decision_table_csv(structure.profiles));
  EXPECT_EQ(file("regime_metadata.json"), regime_metadata_json(structure.profiles));
  EXPECT_EQ(file("cluster_role_summary.csv"), role_summary_csv(structure.profiles));
  const nlohmann::json json = nlohmann::json::parse(file("structure.json"));
  EXPECT_EQ(json["label_column"], "Cluster_ID");
  EXPECT_EQ(json["regime_count"], 2);
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++count;
  EXPECT_EQ(count, structure_paths(folder.path()).size());
}

}  // namespace
}  // namespace regimetry::regimes
