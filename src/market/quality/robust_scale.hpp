// How much a series of returns usually moves, near a given place, so that one wild bar cannot hide itself.
//
// Units:  log returns. The robust deviation is 1.4826 x the median of |r|: for normal returns the standard
// deviation.
//         Taken about zero and not about the median: a steady trend then counts as movement instead of
//         dividing by zero.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/time.hpp"

namespace regimetry::market {

inline constexpr double kNormalConsistency = 1.4826;

// 1.4826 x median(|values|); 0 when empty. Reorders `values` and makes them absolute.
[[nodiscard]] double robust_deviation(std::vector<double>& values);

// Finds the moves of a price series that are large for their place.
// Shape:  closes [n], all above zero; moves lead from row i - 1 to row i.
// Local:  returns are cut into blocks of 256. The scale at a block is the largest robust deviation of it and
// its two
//         neighbours, so that neither a volatile era nor its first days flag everything, and at least half of
//         the deviation over all, so that a night in which nothing moves does not make the morning a jump.
// Large:  beyond `deviations` of the place; or beyond half of that and `deviations` of the whole series,
// because even in
//         the autumn of 2008 a price that halves in a day is worth a look.
// Long steps, more than `longest_step` apart (nights and weekends of intraday bars), are judged among
// themselves.
struct LargeMove {
  std::int64_t row = 0;  // i
  double log_return = 0;
  double deviations = 0;  // |log_return| / scale
};
inline constexpr std::int64_t kNoLongSteps = std::numeric_limits<std::int64_t>::max();
// `stamps` [n] increase; they are not read when `longest_step` is kNoLongSteps.
[[nodiscard]] std::vector<LargeMove> find_large_moves(std::span<const double> closes,
                                                      std::span<const TimestampNs> stamps,
                                                      std::int64_t longest_step, double deviations);

}  // namespace regimetry::market
