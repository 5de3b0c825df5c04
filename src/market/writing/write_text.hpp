// Rows as CSV or JSON lines, formatted by all threads and written in order.
#pragma once

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/writing/byte_sink.hpp"
#include "market/writing/output_table.hpp"

namespace regimetry::market {

// CSV: a header, then comma-separated rows ended by '\n'; words with a comma, quote, line end or outer blank
// are quoted; missing values are empty. Numbers are the shortest text that reads back to the same bits. JSON
// lines: one object per row with every key; missing values are null; infinities 1e999, which reads back as
// infinity.
void write_text(const OutputTable& table, TableFormat format, ByteSink& sink, ThreadPool& pool,
                Observer& observer);

}  // namespace regimetry::market
