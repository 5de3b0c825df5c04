// Names for the columns of a table, and which column plays which role.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "market/reading/read_options.hpp"
#include "market/reading/text/sample_records.hpp"
#include "market/reading/text/table_layout.hpp"

namespace regimetry::market {

// The header's cells as unique names; "column 3" where a cell is empty. `column_count` as the rows have it.
[[nodiscard]] std::vector<LayoutColumn> name_columns(const std::vector<std::string>& header_cells,
                                                     std::size_t column_count);

// Sets the role of each column from --column, then from its name, then (for the time) from what it holds; at
// most one column per role. Drops unnamed row counters and second time columns with a note. Throws Error when
// no column holds time, and (kUsage) when --column names what is not there.
void assign_roles(const SampleRecords& split, std::size_t first_data, const std::string& name,
                  const ReadOptions& options, TableLayout& layout);

}  // namespace regimetry::market
