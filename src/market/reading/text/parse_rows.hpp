// Rows -> typed columns, by a plan, all chunks at once, every cell checked against the plan.
//
// A cell that contradicts the plan becomes a problem, not a guess: after a plan made from a sample the caller
// gathers evidence from all rows and plans again; after a plan made from all rows the first problem is the
// user's error message.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "market/column_table.hpp"
#include "market/reading/text/read_plan.hpp"
#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

enum class RowProblemKind : std::uint8_t {
  kCellCount,
  kOpenQuote,
  kNotANumber,
  kNotABoolean,
  kNotATime,
  kNoTime,
  kNotEmpty
};

struct RowProblem {
  RowProblemKind kind = RowProblemKind::kCellCount;
  std::int64_t line = 0;
  int column_idx = -1;  // of the layout; -1: the row as a whole
  std::int64_t cell_count = 0;
  std::string text;  // the cell, or the row for kCellCount
};

struct ParsedRows {
  std::int64_t row_count = 0;
  std::vector<Column> columns;  // one per column of the layout, empty where skipped; stamps and times of day
                                // are kTime, wall clocks still as if they were UTC
  std::vector<std::uint8_t>
      is_absolute;  // per row, only when the plan has mixed zones: the stamp carries its own offset
  std::int64_t absolute_count = 0, naive_count = 0;  // of stamps
  RowOrigin origin;

  std::int64_t problem_count = 0;
  std::optional<RowProblem> first_problem;
  std::int64_t repeated_header_count = 0,
               first_repeated_header = 0;                 // header lines among the rows, passed over
  std::int64_t empty_row_count = 0, first_empty_row = 0;  // rows of empty cells (",,,,"), passed over
};

// `quotes_span_lines`: chunks were cut where quotes are closed, so a quoted cell may hold line ends.
[[nodiscard]] ParsedRows parse_rows(const TextSource& source, const std::vector<TextChunk>& chunks,
                                    bool quotes_span_lines, const TableLayout& layout, const ReadPlan& plan,
                                    ThreadPool& pool);

}  // namespace regimetry::market
