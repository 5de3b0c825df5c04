// When labels known at the time are fitted anew.
//
// Rows up to a stamp are fitted on; rows from there to the next are named by that fit. The schedule looks at
// what has passed only: that of a longer history begins with that of a shorter one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace regimetry::regimes {

struct AsofOptions {
  // Different stamps before the first fit. Rows before it have no label that was known at the time.
  std::int64_t initial_stamps = 500;
  // Different stamps from one fit to the next. Absent: whenever the history has grown by `growth`, so that a
  // long history costs a few dozen fits and the cost of all is a few times that of the last.
  std::optional<std::int64_t> refit_stamps = {};
  double growth = 0.25;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// The stamps at which a fit is made, ascending: each fit knows the rows with earlier stamps only. Empty when
// there are not more than `initial_stamps` different stamps. `stamps` in any order.
[[nodiscard]] std::vector<TimestampNs> asof_cuts(std::span<const TimestampNs> stamps,
                                                 const AsofOptions& options);

}  // namespace regimetry::regimes
