// Whether a method finds the same regimes again when it is fitted on other stretches of the same rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

// The labels of one fit, on rows first_row, first_row + 1, ... of the common rows.
struct RefitLabels {
  std::int64_t first_row = 0;
  std::vector<std::int32_t> labels;  // negative (kNoRegime): none
};

struct LabelStability {
  struct Regime {
    std::int32_t label = 0;  // of the last refit
    double overlap = 0;      // mean over the refits that meet it: rows in both over rows in either, 0..1
    std::int64_t compared_fits = 0;  // refits that share a row of this regime with the last
  };
  double agreement = 1;             // mean over pairs: share of common rows under matched labels, 0..1
  double adjusted_rand_index = 1;   // mean over pairs
  std::int64_t compared_pairs = 0;  // pairs of refits with common rows; 0: nothing says how stable they are
  std::vector<Regime> regimes;      // by label
};

// All pairs of refits that have labelled rows in common count the same. A regime of the last refit that
// another has no match for counts 0 there.
[[nodiscard]] LabelStability label_stability(std::span<const RefitLabels> refits);

}  // namespace regimetry::regimes
