// Day first or month first, when every date of a file can be read both ways.
#pragma once

#include <vector>

#include "core/parallel.hpp"
#include "market/reading/text/gather_evidence.hpp"
#include "market/reading/text/read_plan.hpp"
#include "market/reading/text/table_layout.hpp"
#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

// Reads the stamps of all rows under each of plan.open_orders. The order under which rows run one way through
// time wins when no other does; otherwise throws Error (kData) showing the first and last stamp under each
// and the flag that settles it.
[[nodiscard]] DateOrder settle_date_order(const TextSource& source, const std::vector<TextChunk>& chunks,
                                          bool quotes_span_lines, const TableLayout& layout,
                                          const TableEvidence& evidence, const ReadPlan& plan,
                                          ThreadPool& pool);

}  // namespace regimetry::market
