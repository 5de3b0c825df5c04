// `audit lookahead` of a regime model: its labels known at the time, made again without their future.
#pragma once

#include <filesystem>

#include "cli/command.hpp"
#include "labelling/audit_asof.hpp"
#include "labelling/placed_source.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::cli {

// Whether `path` is a folder that write_regime_model() made.
[[nodiscard]] bool is_regime_model(const std::filesystem::path& path);
// Fits as the model was fitted, on `input`. 0 when nothing was found, 1 when something was or when there was
// nothing to compare.
[[nodiscard]] int run_asof_audit(const std::filesystem::path& model,
                                 const labelling::PlacedSourceOptions& input,
                                 const labelling::AsofAuditOptions& options,
                                 const market::ReadOptions& reading, CommandContext& context);

}  // namespace regimetry::cli
