// Walks the rows of a table and gathers the evidence of every column.
#pragma once

#include <optional>
#include <vector>

#include "core/parallel.hpp"
#include "market/reading/text/column_evidence.hpp"
#include "market/reading/text/table_layout.hpp"
#include "market/reading/text/text_sample.hpp"
#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {

struct TableEvidence {
  std::vector<ColumnEvidence> columns;  // one per column of the layout
  bool is_complete = false;             // from all rows, not from a sample
};

// Columns that no stage reads (dropped, and extras when those are not kept) gather nothing.
struct EvidenceRequest {
  std::vector<bool> is_wanted;
  std::optional<EpochUnit> forced_unit;
};

[[nodiscard]] TableEvidence gather_from_sample(const TextSample& sample, const TableLayout& layout,
                                               const EvidenceRequest& request);
// `chunks`: the data rows, see data_chunks(). Rows with another number of cells are passed over: parsing
// reports them.
[[nodiscard]] TableEvidence gather_from_all_rows(const TextSource& source,
                                                 const std::vector<TextChunk>& chunks, bool quotes_span_lines,
                                                 const TableLayout& layout, const EvidenceRequest& request,
                                                 ThreadPool& pool);

// The chunks of a survey without what comes before the first data row.
[[nodiscard]] std::vector<TextChunk> data_chunks(const TextSurvey& survey, const TableLayout& layout);

}  // namespace regimetry::market
