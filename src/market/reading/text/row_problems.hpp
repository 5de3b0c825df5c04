// A row that does not fit its table, in words for the user.
#pragma once

#include <string>

#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/read_plan.hpp"
#include "market/reading/text/table_layout.hpp"
#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

// Throws Error (kData) naming file, line, column and cell of the first problem, how many more there are, and
// what to do.
[[noreturn]] void throw_row_problem(const ParsedRows& rows, const ReadPlan& plan, const TableLayout& layout,
                                    const TextSource& source, const TextSurvey& survey);

}  // namespace regimetry::market
