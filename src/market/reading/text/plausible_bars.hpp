// Checks of meaning that only the values of a whole table allow.
#pragma once

#include <string>

#include "core/observer.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/read_text_table.hpp"
#include "market/reading/text/table_layout.hpp"

namespace regimetry::market {

// Without a header, open, high, low, close are an assumption. Throws Error (kData) when in most rows the
// supposed high is not the highest or the supposed low not the lowest: then the columns stand in another
// order.
void check_headerless_order(const TableLayout& layout, const std::string& name, const ParsedRows& rows);

// CryptoDataDownload changed the order of its two volume columns over the years without changing the header.
// The volume in the quote currency is about the volume in the base currency times the price; rows where it is
// the other way round are put right, which is said with their count and lines.
void restore_swapped_volumes(const TableLayout& layout, const std::string& name, ParsedRows& rows,
                             TextDialect& dialect, Observer& observer);

}  // namespace regimetry::market
