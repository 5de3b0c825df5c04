// A Parquet file -> columns with kinds, decoded by DuckDB's threads straight into place.
#pragma once

#include <filesystem>
#include <string>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/reading/raw_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

class DuckDbEngine;

// Numbers of every kind become double (a note says where that rounds), dates and times int64 nanoseconds,
// text categories, NULL missing. Integers in a column whose name says time stay exact (TimeEncoding::kCount).
// Nested columns are left out with a note. Metadata comes from the file's key `regimetry`. Memory: the
// columns themselves and a few chunks of 2,048 rows. Throws Error (kData) naming the file.
[[nodiscard]] RawTable read_parquet_table(const std::filesystem::path& path, const ReadOptions& options,
                                          DuckDbEngine& engine, ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market
