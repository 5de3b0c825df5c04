// `audit lookahead` of a regime model: its labels known at the time, made again without their future.
#pragma once

#include <filesystem>

#include "cli/command.hpp"
#include "labelling/audit_asof.hpp"
#include "labelling/placed_source.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::cli {

// Fits as the model was fitted, on `input`, and compares cluster_assignments.csv beside the model's folder,
// if it is there. 0 when nothing was found, 1 when something was or when there was nothing to compare. Throws
// Error (kData) when `input` is not what the model was fitted on.
[[nodiscard]] int run_asof_audit(const std::filesystem::path& model,
                                 const labelling::PlacedSourceOptions& input,
                                 const labelling::AsofAuditOptions& options,
                                 const market::ReadOptions& reading, CommandContext& context);

}  // namespace regimetry::cli
