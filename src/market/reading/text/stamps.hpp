// From the date and time cells of rows to instants in UTC, in the order of time that the rows meant.
#pragma once

#include <span>
#include <string>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/reading/read_options.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/read_plan.hpp"
#include "market/reading/text/read_text_table.hpp"
#include "market/reading/text/table_layout.hpp"

namespace regimetry::market {

// Joins date and time of day into the stamp column, and returns its index in `rows.columns`. The time column
// ends up empty.
std::size_t join_date_and_time(const TableLayout& layout, const ReadPlan& plan, ParsedRows& rows);

// Turns rows round that run backward in time, all columns and line numbers with them. True when it did.
bool turn_round_newest_first(const TableLayout& layout, std::size_t stamp_column, ThreadPool& pool,
                             ParsedRows& rows);

// Wall clocks -> UTC. Says in `dialect` and to `observer` which zone was applied and why, and reports
// readings that clocks jumped over or passed twice. A reading passed twice takes the instant that keeps rows
// rising.
void apply_time_zone(const TableLayout& layout, const TableEvidence& evidence, const ReadOptions& options,
                     std::size_t stamp_column, const std::string& name, ParsedRows& rows,
                     TextDialect& dialect, Observer& observer);

// The symbol code of each row; empty when the table has no symbol column.
[[nodiscard]] std::span<const std::int32_t> symbol_codes(const TableLayout& layout, const ParsedRows& rows);

}  // namespace regimetry::market
