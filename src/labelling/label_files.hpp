// What a labelling leaves in a folder, for people and for later runs.
//
// Files: cluster_assignments.csv, regime_model/, and on a first run the baselines of kept_numbers.hpp.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/placed_source.hpp"

namespace regimetry::labelling {

inline constexpr const char* kAssignmentsFile = "cluster_assignments.csv";
inline constexpr const char* kModelFolder = "regime_model";

// `with_asof`: columns of labels known at the time are written, be they all blank. `config`: the resolved
// settings. Each file appears whole or not at all.
void write_labels(const std::filesystem::path& folder, const PlacedSource& placed,
                  const LabelledRegimes& labelled, bool with_asof, const nlohmann::json& config,
                  ThreadPool& pool, Observer& observer);

}  // namespace regimetry::labelling
