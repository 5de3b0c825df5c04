// The front door for data: any file, glob or folder of market data -> instruments in memory.
//
// Knows: .csv/.txt/.tsv (also .gz/.zst) through read_text_table, Parquet and hive folders through DuckDB,
// JSON lines. Rows come out in file order within each instrument, unchecked: quality/ judges and repairs
// them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/reading/read_options.hpp"
#include "market/reading/text/read_text_table.hpp"
#include "market/signal_table.hpp"

namespace regimetry::market {

struct SourceFile {
  std::string path;
  std::string format;                // "csv", "parquet", "jsonl"
  std::string sha256;                // filled on request (ReadOptions::hash_sources)
  std::vector<TextDialect> dialect;  // one element for text, none otherwise
  std::int64_t row_count = 0;
};

struct ReadResult {
  MarketData data;
  std::vector<SourceFile> sources;
};

// `inputs`: files, globs (`data/*.csv`), folders (every market file below; `symbol=AAPL/` parts become
// columns).
[[nodiscard]] ReadResult read_market(const std::vector<std::string>& inputs, const ReadOptions& options,
                                     ThreadPool& pool, Observer& observer);

// One file as a signal table: any columns beside the time column.
[[nodiscard]] SignalTable read_signals(const std::filesystem::path& path, const ReadOptions& options,
                                       ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market
