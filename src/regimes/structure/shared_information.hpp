// How much of what regimes say a slow series says too: do they merely follow the level of a price, or the
// years?
//
// The statistic is the mutual information of labels and tenths of the series, over the entropy of the labels:
// the share of what labels say that is already known to who knows the tenth. Labels and levels both come in
// long runs, so that any two of them share some by chance; the null moves the labels in time, round the end,
// which keeps the runs of both and breaks only what goes with what.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {

struct SharedInformation {
  std::int64_t count = 0;  // rows with a label and a value
  double share = 0;        // 0..1
  double null_mean = 0;    // of the share over the moves: what chance alone gives
  double p_value = 1;      // chance of at least this share when labels know nothing of the series
};

// Nothing unless two regimes and two tenths have rows. `labels`, `values` [N] of one sequence in order of
// time; rows with a negative label or a value that is not finite are left out before anything is moved. Draws
// from rng.stream(name, move). Same bits for any thread count.
[[nodiscard]] std::optional<SharedInformation> measure_shared_information(
    std::span<const std::int32_t> labels, std::span<const double> values, std::int64_t moves, const Rng& rng,
    const std::string& name, ThreadPool& pool);

}  // namespace regimetry::regimes
