// What a typed file (Parquet, JSON lines) says, before zone and unit of its time columns are settled.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "market/column_table.hpp"

namespace regimetry::market {

// What the numbers of a column mean as a time. Columns that are no time at all have kNone.
enum class TimeEncoding {
  kNone,
  kInstant,    // kTime: UTC, marked as such by the file
  kWallClock,  // kTime: a clock without a zone, as if it were UTC
  kDate,       // kTime: a day without a clock, its midnight as if it were UTC
  kTimeOfDay,  // kTime: nanoseconds since midnight
  kCount,      // kTime: a plain integer, such as seconds since 1970 or 20240102; the unit is not known yet
};

struct RawTable {
  ColumnTable table;
  std::vector<TimeEncoding> encodings;  // one per column of the table
  nlohmann::json metadata;              // the key `regimetry` of the file; null when it has none
};

}  // namespace regimetry::market
