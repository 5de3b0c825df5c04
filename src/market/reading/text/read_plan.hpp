// What to make of every column: decided from evidence, carried out by parse_rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "market/reading/number_format.hpp"
#include "market/reading/read_options.hpp"
#include "market/reading/text/gather_evidence.hpp"
#include "market/reading/text/table_layout.hpp"
#include "market/reading/time_format.hpp"

namespace regimetry::market {

enum class ColumnUse : std::uint8_t {
  kSkip,
  kNumber,
  kBoolean,
  kCategory,
  kEmpty,        // every cell missing so far; becomes numbers without values
  kStamp,        // date, or date and time
  kTimeOfDay,    // joined to the stamp
  kSecondStamp,  // a second time column, read to be compared with the stamp
};

struct ColumnPlan {
  ColumnUse use = ColumnUse::kSkip;
  NumberStyle style;                        // kNumber
  DateOrder order = DateOrder::kYearFirst;  // kStamp, kSecondStamp
  bool is_symbol = false;                   // kCategory: "NA" is a ticker, not a missing cell
};

struct ReadPlan {
  std::vector<ColumnPlan> columns;  // one per column of the layout
  NumberStyle price_style;
  // Set when all rows allow several orders that mean different days: each must be tried against the order of
  // the rows.
  DateOrderSet open_orders = 0;
  std::optional<EpochUnit> forced_unit;
  int compact_time_digits = 0;
  bool has_mixed_zones = false;  // some stamps carry an offset and some do not
  std::vector<std::string> notes;
};

// Which columns are read at all.
[[nodiscard]] EvidenceRequest request_evidence(const TableLayout& layout, const ReadOptions& options);

// Decides. Nothing when `evidence` is a sample that leaves something open: then gather from all rows and ask
// again. Throws Error (kData) when all rows leave two readings, or none; Error (kUsage) when an option
// contradicts the file.
[[nodiscard]] std::optional<ReadPlan> plan_reading(const TableEvidence& evidence, const TableLayout& layout,
                                                   const ReadOptions& options, const std::string& name);

}  // namespace regimetry::market
