#include "regimes/structure/structure_files.hpp"

#include "core/atomic_file.hpp"
#include "regimes/structure/decision_table.hpp"
#include "regimes/structure/structure_json.hpp"

namespace regimetry::regimes {

std::vector<std::filesystem::path> structure_paths(const std::filesystem::path& folder) {
  return {folder / "transition_matrix.csv", folder / "regime_decision_table.csv",
          folder / "regime_metadata.json", folder / "cluster_role_summary.csv", folder / "structure.json"};
}

void write_structure(const std::filesystem::path& folder, const Structure& structure,
                     const nlohmann::json& facts) {
  nlohmann::ordered_json json = facts;
  json.update(to_json(structure));
  const std::vector<std::string> texts{
      transition_matrix_csv(structure.matrix), decision_table_csv(structure.profiles),
      regime_metadata_json(structure.profiles), role_summary_csv(structure.profiles),
      json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"};
  const std::vector<std::filesystem::path> paths = structure_paths(folder);
  for (std::size_t i = 0; i < paths.size(); ++i) write_file_atomically(paths[i], texts[i]);
}

}  // namespace regimetry::regimes
