// Numbers of regimes that last from run to run, in a folder: `regime_assignments_baseline.csv` and
// `regime_label_mapping.json`, written by the first run into it and never again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "labelling/regime_source.hpp"
#include "regimes/alignment/label_baseline.hpp"

namespace regimetry::labelling {

// The baseline in `folder`, if there is one. Throws Error (kData) for a damaged file.
[[nodiscard]] std::optional<regimes::LabelBaseline> find_baseline(const std::filesystem::path& folder);

// Writes both files unless they are there. `ids` [N] of the rows; `numbers[k]` is that of label k of the fit.
// True when they were written.
bool keep_numbers(const std::filesystem::path& folder, const RegimeSource& source,
                  std::span<const std::int32_t> ids, std::span<const std::int32_t> numbers);

}  // namespace regimetry::labelling
