// Numbers of regimes that last from run to run, in a folder: `regime_assignments_baseline.csv`, the same of
// labels known at the time in `regime_assignments_baseline_asof.csv`, and `regime_label_mapping.json`,
// written by the first run into it and never again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "labelling/regime_source.hpp"
#include "regimes/alignment/label_baseline.hpp"

namespace regimetry::labelling {

inline constexpr const char* kAsofBaselineFile = "regime_assignments_baseline_asof.csv";

struct KeptNumbers {
  regimes::LabelBaseline final_labels;
  // Labels known at the time must not get their numbers from labels that know what came later. Absent: that
  // run made none.
  std::optional<regimes::LabelBaseline> asof_labels = {};
};

// What an earlier run kept in `folder`, if one did. Throws Error (kData) for a damaged file.
[[nodiscard]] std::optional<KeptNumbers> find_kept_numbers(const std::filesystem::path& folder);

// Labels of a run under their numbers.
struct NumberedLabels {
  std::span<const std::int32_t> ids;            // [N]
  std::span<const std::int32_t> asof_baseline;  // [N] as AsofLabels has it; empty: none
  std::span<const std::int32_t> numbers;        // numbers[k] is that of label k of the fit to all rows
};
// Writes each file unless it is there.
void keep_numbers(const std::filesystem::path& folder, const RegimeSource& source,
                  const NumberedLabels& labels);

}  // namespace regimetry::labelling
