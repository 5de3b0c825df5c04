// Instruments -> .parquet, .csv or .jsonl (also .csv.gz, .csv.zst), by the extension of the name.
//
// Columns: timestamp,symbol,open,high,low,close,volume, then extras present in any instrument. Rows sorted by
// symbol, then time (or as given: RowOrder). Text stamps are ISO UTC (`2024-01-02T21:00:00Z`), numbers the
// shortest text that reads back to the same bits, missing values empty (CSV) or null. Parquet: zstd,
// TIMESTAMP in nanoseconds when a stamp needs them, else microseconds, marked UTC; metadata under the key
// `regimetry`. Atomic; the same content gives the same bytes.
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/signal_table.hpp"
#include "market/writing/write_options.hpp"

namespace regimetry::market {

// Throws Error (kUsage) for an extension that is not one of the above, naming them.
void write_market(const std::filesystem::path& path, const MarketData& data, ThreadPool& pool,
                  Observer& observer, const WriteOptions& options = {});
void write_signals(const std::filesystem::path& path, const SignalTable& table, ThreadPool& pool,
                   Observer& observer);

}  // namespace regimetry::market
