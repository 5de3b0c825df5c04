// A text file of any market export -> columns with kinds, deciding the dialect from all of its rows.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/column_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

// What was recognised, in words and for machines. Printed by `ingest`, stored with the data.
struct TextDialect {
  std::string export_name;     // "Yahoo", "Binance klines", "MetaTrader 5", ..., "generic"
  std::string compression;     // "none", "gzip", "zstd"
  std::string encoding;        // "UTF-8", "UTF-8 with BOM", "windows-1250", "UTF-16LE", ...
  std::string separator;       // ",", ";", "tab", "blank", "|"
  std::string decimal_mark;    // "." or ","
  std::string thousands_mark;  // "", ",", ".", "'", " "
  std::string time_format;     // "YYYY-MM-DD HH:MM", "epoch ms", "DD.MM.YYYY HH:MM:SS.fff", ...
  std::string time_zone;       // as applied: "UTC", "UTC (assumed)", "America/New_York", "offset in stamp"
  int header_lines = 0;        // lines before the first row that are not data (header, preamble, tickers)
  bool newest_first = false;   // rows ran backwards in time and were turned round
  bool stamps_are_bar_ends = false;
  std::vector<std::string> notes;  // further facts the user should see
};

struct TextTable {
  // Columns named by role ("timestamp", "open", ..., "symbol") where the role was recognised, else as in the
  // file. Exactly one kTime column "timestamp" (date and time joined, zone applied). Price and volume columns
  // are kNumber. yfinance's several tickers side by side come out stacked, with a "symbol" column.
  ColumnTable table;
  TextDialect dialect;
};

// Throws Error (kData) for what is not a table of market data, and when two readings remain possible: the
// message shows both and the flag that settles it. Throws Error (kUsage) for options that contradict the
// file.
[[nodiscard]] TextTable read_text_table(const std::filesystem::path& path, const ReadOptions& options,
                                        ThreadPool& pool, Observer& observer);
// The same from memory (already decompressed); for tests and fuzzing.
[[nodiscard]] TextTable parse_text_table(std::string_view bytes, std::string_view name,
                                         const ReadOptions& options, ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market
