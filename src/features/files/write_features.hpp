// Features -> .parquet, .csv or .jsonl (text also .gz, .zst), or .npy, by the extension of the name.
//
// Tables: columns timestamp,symbol,<features>,<extras>, with `timeframe` after the symbol when a symbol
// stands
//         there at several; rows sorted by symbol, then time. Features are float32: FLOAT in Parquet, in text
//         the shortest digits that read back to the same float. NaN is NULL or empty. Metadata as
//         market::write_market does it, plus what read_features() needs to bring everything back
//         (stored_features.hpp).
// Matrix: `.npy` holds [rows, F] float32 of all instruments, one after the other; `<stem>.names.json` beside
// it
//         says names, rows of each symbol, metadata and digests of the other two, `<stem>.timestamps.npy` the
//         stamps as int64 nanoseconds. It has no room for extras: a warning names what was left out.
// Memory: nothing is copied. Each file appears whole or not at all; the same content gives the same bytes.
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/feature_table.hpp"

namespace regimetry::features {

// Throws Error: kUsage for an unknown extension, kData when there is no row to write.
void write_features(const std::filesystem::path& path, const FeatureData& data, ThreadPool& pool,
                    Observer& observer);

}  // namespace regimetry::features
