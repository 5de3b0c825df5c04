// What regimes tell apart: how far prices move after a bar, which way, or nothing.
//
// The statistic is the share of the variance of ranks that lies between regimes (eta squared, as in the test
// of Kruskal and Wallis), ranks taken within each instrument, so that neither outliers nor a livelier
// instrument decide. Labels and returns both come in runs, which breaks tables of p-values; so the null is
// made of the data: labels are moved against the returns by a random number of bars, round the end, each
// instrument by its own. Runs stay as they are, only what goes with what is broken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {

struct SeparationTest {
  std::int64_t count = 0;  // rows with a regime and a value
  double eta_squared = 0;  // 0..1
  double null_mean = 0;    // of eta squared over the shifts: what chance alone gives
  double p_value = 1;      // chance of at least this eta squared when regimes say nothing
};

// Nothing unless two regimes have values. `values` [N], NaN where there is none. Draws from rng.stream(name,
// shift). Same bits for any thread count.
[[nodiscard]] std::optional<SeparationTest> test_separation(std::span<const std::int32_t> labels,
                                                            std::span<const double> values,
                                                            std::span<const IndexRange> sequences,
                                                            int regime_count, std::int64_t shifts,
                                                            const Rng& rng, const std::string& name,
                                                            ThreadPool& pool);

struct Separation {
  struct Horizon {
    std::int64_t horizon_bars = 0;
    std::optional<SeparationTest> absolute, signed_return;  // of |forward return|, of forward return
  };
  std::vector<Horizon> horizons;
  bool separates_volatility = false;  // some horizon below 0.05, after Bonferroni over the horizons
  bool separates_direction = false;
  // "volatility, not direction", "volatility and direction", "direction, not volatility", "neither ...", or
  // why nothing can be said.
  std::string words;
};

[[nodiscard]] Separation measure_separation(std::span<const std::int32_t> labels,
                                            std::span<const double> close,
                                            std::span<const IndexRange> sequences, int regime_count,
                                            std::span<const std::int64_t> horizons_bars, std::int64_t shifts,
                                            const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
