// Parquet files that are none, or none any more: what is wrong with them, in words that say what to do.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace regimetry::market {

// Looks at the ends of the file alone, which give away most damage: "PAR1", pages, footer, the footer's
// length as 4 bytes, "PAR1". Throws Error (kData): empty, something else, cut off, encrypted, a footer longer
// than the file.
void check_parquet_frame(const std::filesystem::path& path);

// `duckdb_says`: why DuckDB stopped at the file; "" when it did not.
[[noreturn]] void throw_damaged_parquet(const std::string& source, std::string_view duckdb_says);

}  // namespace regimetry::market
