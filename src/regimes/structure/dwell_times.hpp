// How long regimes last once entered, and whether a Markov chain would last as long.
//
// A spell is a stretch of neighbouring rows of one sequence under one label. Its length is known when a
// change was seen at both ends: spells at the ends of a sequence or beside rows without a label are cut off,
// and are counted but take no part in the distribution.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {

struct DwellTimes {
  std::vector<std::int64_t> lengths;  // bars of each whole spell, ascending
  std::int64_t cut_off_spells = 0;
  double mean = 0, median = 0;  // bars, of the whole spells; NaN without any
  std::int64_t longest = 0;     // of the whole spells
  // Largest difference between the distribution of the lengths and the geometric one of the same mean, 0..1.
  // A Markov chain has geometric lengths. Absent with fewer than kFewestSpells whole spells.
  std::optional<double> geometric_distance;
  std::optional<double> geometric_p_value;  // chance of at least that distance if lengths were geometric
};

inline constexpr std::int64_t kFewestSpells = 5;

// One per regime. The p-value comes from `replicates` samples of a geometric distribution, each compared with
// the one of its own mean (Lilliefors), drawn from rng.stream("structure.dwell", ...). Same bits for any
// thread count.
[[nodiscard]] std::vector<DwellTimes> measure_dwell_times(std::span<const std::int32_t> labels,
                                                          std::span<const IndexRange> sequences,
                                                          int regime_count, std::int64_t replicates,
                                                          const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
