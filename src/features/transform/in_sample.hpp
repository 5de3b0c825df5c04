// Rows that are not later than what a transform was fitted on: scaled by it, they would know their own
// future.
//
// Time: a row is judged by the end of its bar, and so is what was fitted on: a monthly bar stamped with the
// first
//       of December holds prices up to the 31st, so no day of that December is later. Symbols that were
//       fitted each by itself share what was learned from all (the words of categories, which columns are
//       empty or features at all), so the last training bar of any of them decides for all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "features/transform/fitted_range.hpp"
#include "features/transform/input_table.hpp"

namespace regimetry::features {

struct InSample {
  std::int64_t count = 0;
  TimestampNs first = 0, last = 0;        // stamps of such rows
  std::string symbol;                     // of the first such row found
  std::optional<TimestampNs> next_clean;  // the first stamp from which all rows are later; absent: none is
};
[[nodiscard]] InSample find_in_sample(const InputTable& table, const FittedRange& range);

// Throws Error (kUsage) that says which rows they are and what can be done.
[[noreturn]] void refuse_in_sample(const InputTable& table, const InSample& found, const FittedRange& range);

}  // namespace regimetry::features
