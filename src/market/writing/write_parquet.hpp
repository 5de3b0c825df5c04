// Rows as Parquet, encoded by DuckDB from our own memory.
//
// Why one thread: the rows come from a function of ours that hands out chunk after chunk, so the file's bytes
// do not depend on threads; about 5 million bars per second, and no second copy of the data (DuckDB's own
// tables would be one).
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/observer.hpp"
#include "market/writing/output_table.hpp"

namespace regimetry::market {

// zstd; missing values NULL; times as instants in UTC with microseconds, or as TIMESTAMP_NS (which Parquet
// through DuckDB cannot mark as UTC) where a value of the column needs nanoseconds. `metadata` goes under the
// key `regimetry`. Writes to `path` itself: the caller makes it atomic. Throws Error (kInternal).
void write_parquet(const std::filesystem::path& path, const OutputTable& table,
                   const nlohmann::json& metadata, Observer& observer);

}  // namespace regimetry::market
