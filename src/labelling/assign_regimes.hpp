// New rows into known regimes: nothing is fitted.
//
// Time: what is said of a row depends on it and earlier rows of its instrument in this source. It was known
// at
//       the time for rows after the model's training; earlier rows may have been trained on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/time.hpp"
#include "labelling/regime_source.hpp"
#include "regimes/model/regime_model.hpp"

namespace regimetry::labelling {

struct AssignedRegimes {
  std::vector<std::int32_t> ids;      // [N] Cluster_ID
  std::vector<double> probabilities;  // [N] of that regime
  std::vector<double> distances;      // [N] to the nearest thing seen in training
  std::vector<double> shares_nearer;  // [N] of training rows that were nearer
  std::vector<bool> are_unlike;       // [N] farther than any training row
  std::int64_t unlike_count = 0;
  // Labels of rows after this stamp, that of the last training row, were known at the time; the others only
  // describe. Absent: the rows or those of the model have no stamps, so nothing tells.
  std::optional<TimestampNs> known_after;
  std::int64_t trained_on_count = 0;  // rows that are not later; 0 where nothing tells
};

// Throws Error (kData) when the rows are not what the model was fitted on, as require_model_rows() tells.
[[nodiscard]] AssignedRegimes assign_regimes(const regimes::RegimeModel& model, const RegimeSource& source,
                                             ThreadPool& pool);

}  // namespace regimetry::labelling
