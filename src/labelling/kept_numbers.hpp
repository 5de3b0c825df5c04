// Numbers of regimes that last from run to run, in a folder: `regime_assignments_baseline.csv` and
// `regime_label_mapping.json`, written by the first run into it and never again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "labelling/regime_source.hpp"

namespace regimetry::labelling {

struct BaselineNumbers {
  std::vector<std::int32_t> numbers;  // [N], kNoRegime for rows that the baseline has not; empty: no baseline
  std::int64_t common_rows = 0;
};

// The numbers that the rows have in the baseline of `folder`. Without the file, none. Throws Error (kData)
// for a damaged file, and when it has no row in common with the source.
[[nodiscard]] BaselineNumbers read_baseline_numbers(const std::filesystem::path& folder,
                                                    const RegimeSource& source);

// Writes both files unless they are there. `ids` [N] of the rows; `numbers[k]` is that of label k of the fit.
// True when they were written.
bool keep_numbers(const std::filesystem::path& folder, const RegimeSource& source,
                  std::span<const std::int32_t> ids, std::span<const std::int32_t> numbers);

}  // namespace regimetry::labelling
