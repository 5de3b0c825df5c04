// Does the regime before the present one say anything about the next? First against second order.
//
// The likelihood-ratio statistic of Anderson and Goodman (1957): G = 2 sum n_ijk log(n_ijk n_.j. / (n_ij.
// n_.jk)) over triples of neighbouring rows. Degrees of freedom are counted on what occurs: for each middle
// regime (ways in - 1) (ways out - 1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {

struct MarkovOrderTest {
  std::int64_t triples = 0;
  double statistic = 0;
  std::int64_t degrees_of_freedom = 0;  // 0: nothing to test, as with one regime
  std::optional<double> chi_squared_p_value;
  // From chains of first order with the transitions found, which does not rest on large counts in every cell.
  // The one to trust. Absent without degrees of freedom.
  std::optional<double> bootstrap_p_value;
};

// Draws from rng.stream("structure.order", replicate). Same bits for any thread count.
[[nodiscard]] MarkovOrderTest test_markov_order(std::span<const std::int32_t> labels,
                                                std::span<const IndexRange> sequences, int regime_count,
                                                std::int64_t replicates, const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
