// What regimes tell apart: how far prices move after a bar, which way, or nothing.
//
// The statistic is the share of the variance of ranks that lies between regimes (eta squared, as in the test
// of Kruskal and Wallis), ranks taken within each instrument, so that neither outliers nor a livelier
// instrument decide. Labels and returns both come in runs, and instruments move together, which breaks tables
// of p-values; so the null is made of the data: labels are moved against the returns by a random number of
// stamps of the calendar that all instruments share, round its end. All instruments move by the same number:
// rows of one stamp keep labels of one stamp, so runs and what instruments have in common stay as they are,
// and only what goes with what is broken. Moving each instrument by its own number would break the second
// too, in the null alone, and find separation in most panels of correlated instruments.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/structure/shared_calendar.hpp"

namespace regimetry::regimes {

struct SeparationTest {
  std::int64_t count = 0;  // rows with a regime and a value
  double eta_squared = 0;  // 0..1
  double null_mean = 0;    // of eta squared over the shifts: what chance alone gives
  double p_value = 1;      // chance of at least this eta squared when regimes say nothing
};

// Nothing unless two regimes have values. `values` [N], NaN where there is none.
//
// A moved label holds until the next one of its instrument, over stamps at which the instrument has no row,
// for calendars may hardly meet, as with closes in Tokyo and New York. Where an instrument had not begun, had
// ended, or had no label, its row counts as unlabelled in that draw. A shift that leaves fewer than half of
// the rows, as with contracts that follow each other, says little and is drawn again.
// Draws from rng.stream(name, shift). Same bits for any thread count.
[[nodiscard]] std::optional<SeparationTest> test_separation(std::span<const std::int32_t> labels,
                                                            std::span<const double> values,
                                                            std::span<const IndexRange> sequences,
                                                            const SharedCalendar& calendar, int regime_count,
                                                            std::int64_t shifts, const Rng& rng,
                                                            const std::string& name, ThreadPool& pool);

struct Separation {
  struct Horizon {
    std::int64_t horizon_bars = 0;
    std::optional<SeparationTest> absolute, signed_return;  // of |forward return|, of forward return
  };
  std::vector<Horizon> horizons;
  std::int64_t shifts = 0;            // draws behind each p-value, as used
  bool separates_volatility = false;  // some horizon below 0.05, after Bonferroni over the horizons
  bool separates_direction = false;
  // "volatility, not direction", "volatility and direction", "direction, not volatility", "neither ...", or
  // why nothing can be said: nothing to compare, no instrument that ever changes its
  // regime, or too few draws or stamps for so many horizons.
  std::string words;
};

// The fewest shifts after which the smallest p-value there can be is below 0.05 over so many horizons.
[[nodiscard]] std::int64_t fewest_shifts(std::int64_t horizon_count) noexcept;

[[nodiscard]] Separation measure_separation(std::span<const std::int32_t> labels,
                                            std::span<const double> close,
                                            std::span<const IndexRange> sequences,
                                            const SharedCalendar& calendar, int regime_count,
                                            std::span<const std::int64_t> horizons_bars, std::int64_t shifts,
                                            const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
