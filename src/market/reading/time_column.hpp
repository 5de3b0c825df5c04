// From whatever a typed file calls time to the one column "timestamp", in UTC.
#pragma once

#include <optional>
#include <string_view>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/column_roles.hpp"
#include "market/column_table.hpp"
#include "market/reading/raw_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

// The time role that a column of this name has: by --column when given there, else by its name. Nothing for
// other roles.
[[nodiscard]] std::optional<ColumnRole> time_role_of(std::string_view column_name,
                                                     const ReadOptions& options);

// Finds the time column (or the date column and the time-of-day column), settles unit, order of day and
// month, and zone, and renames it to "timestamp". Counts take their unit from --timestamp-unit or their size;
// clocks without a zone take `options.time_zone`, else UTC with a warning. Stamps that a change of clocks
// skips or repeats are counted and told. Throws Error (kData) when there is no such column, listing the ones
// there are, or when a value is no time.
[[nodiscard]] ColumnTable settle_time_column(RawTable raw, const ReadOptions& options, ThreadPool& pool,
                                             Observer& observer);

}  // namespace regimetry::market
