// One count of time for several instruments: their stamps, all together and in order.
//
// Why here: what is moved in time for all instruments alike needs to know which of their rows belong
// together, though each has stamps of its own: late listings, holidays, another close of day.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/time.hpp"

namespace regimetry::regimes {

struct SharedCalendar {
  std::vector<std::int64_t> places;  // [N]: the stamp of each row, 0..size-1; rises within a sequence
  std::int64_t size = 0;             // stamps that some instrument has
};

// `timestamps` [N], in order within each sequence; or empty: the rows of each sequence count as stamps from
// its first one on. Rows of one sequence that share a stamp follow each other as stamps of their own. So a
// single sequence has its row numbers as places, whatever its stamps are.
[[nodiscard]] SharedCalendar share_calendar(std::span<const TimestampNs> timestamps,
                                            std::span<const IndexRange> sequences);

}  // namespace regimetry::regimes
