// The rows that a transform was fitted on, as a stretch of time.
#pragma once

#include <cstdint>

#include "core/time.hpp"

namespace regimetry::features {

struct FittedRange {
  TimestampNs first = 0, last = 0;  // stamps; both belong to it
  TimestampNs known = 0;            // the last moment of the bar that was over last, of any symbol and length
  std::int64_t row_count = 0;
  friend bool operator==(const FittedRange&, const FittedRange&) = default;
};

}  // namespace regimetry::features
