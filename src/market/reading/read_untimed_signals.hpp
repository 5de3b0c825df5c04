// Text tables that do not say when: the labelled tables of the Python tool, among others, have no time
// column. Their rows count as time.
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/reading/read_options.hpp"
#include "market/signal_table.hpp"

namespace regimetry::market {

// Whether the first line of a plain text file names columns, and none of them says time. False for anything
// else (Parquet, JSON lines, compressed text), and where the options name the time column.
[[nodiscard]] bool lacks_time_column(const std::filesystem::path& path, const ReadOptions& options);

// The file as read_signals() would read it with a time column in front whose row n is the n-th second of
// 1970. Told to the observer. Cells must not hold line breaks.
[[nodiscard]] SignalTable read_untimed_signals(const std::filesystem::path& path, const ReadOptions& options,
                                               ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market
