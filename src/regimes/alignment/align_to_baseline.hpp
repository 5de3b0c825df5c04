// The labels of a run under the numbers of a baseline, matched by timestamp and instrument.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regimes/alignment/label_baseline.hpp"
#include "regimes/alignment/label_mapping_file.hpp"
#include "regimes/labelled_rows.hpp"

namespace regimetry::regimes {

struct AlignOptions {
  // A label is the same regime as one of the baseline when they are matched and share at least this part of
  // the rows of the smaller of the two, among rows that both have. Larger values give new numbers sooner.
  double minimum_shared = 0.5;
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct AlignedLabels {
  std::vector<std::int32_t> labels;       // [N], under lasting numbers; negative stays as it is
  LabelMapping mapping;                   // every label of the run -> its number
  std::vector<std::int32_t> new_numbers;  // given to labels that are no regime of the baseline
  std::vector<std::int32_t>
      absent_numbers;              // of the baseline, in no label of this run: kept for their regimes
  std::int64_t compared_rows = 0;  // that run and baseline have in common
  double agreement = 1;            // share of them under the same number afterwards
};

// New numbers follow the highest of the baseline, in the order of the run's labels, so the answer depends on
// `rows` and `baseline` alone. Throws Error (kData) when they have no labelled stamp of an instrument in
// common, saying which time and symbols each has; kUsage as make_baseline() does.
[[nodiscard]] AlignedLabels align_to_baseline(const LabelledRows& rows, const LabelBaseline& baseline,
                                              const AlignOptions& options = {});

// `labels` under the numbers of `mapping`; negative ones stay. Throws Error (kData) for a label without one.
[[nodiscard]] std::vector<std::int32_t> apply_mapping(std::span<const std::int32_t> labels,
                                                      const LabelMapping& mapping);

}  // namespace regimetry::regimes
