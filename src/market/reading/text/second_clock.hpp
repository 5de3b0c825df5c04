// Files with two time columns, such as `unix` and `date`: do they agree?
#pragma once

#include <cstddef>
#include <string>

#include "core/observer.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/read_text_table.hpp"
#include "market/reading/text/table_layout.hpp"

namespace regimetry::market {

// The second column may run in another zone: what counts is that its distance from the stamp stays the same.
// Rows where it does not are reported with their count and the first of them; which column is right there
// cannot be told, so the stamp stays as it is.
void compare_second_clock(const TableLayout& layout, const ReadPlan& plan, std::size_t stamp_column,
                          const std::string& name, const ParsedRows& rows, TextDialect& dialect,
                          Observer& observer);

}  // namespace regimetry::market
