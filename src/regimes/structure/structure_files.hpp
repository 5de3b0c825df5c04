// The files that describe regimes, beside each other in one folder.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "regimes/structure/describe_structure.hpp"

namespace regimetry::regimes {

// Their names, in the order in which they are written: transition_matrix.csv, regime_decision_table.csv,
// regime_metadata.json, cluster_role_summary.csv, structure.json.
[[nodiscard]] std::vector<std::filesystem::path> structure_paths(const std::filesystem::path& folder);

// Writes them, each whole or not at all; the same structure gives the same bytes. `facts` (an object: where
// the labels came from, settings, version) comes first in structure.json. Existing files are replaced.
void write_structure(const std::filesystem::path& folder, const Structure& structure,
                     const nlohmann::json& facts = nlohmann::json::object());

}  // namespace regimetry::regimes
