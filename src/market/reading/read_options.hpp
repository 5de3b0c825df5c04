// What the user may settle about how a file is read. Everything left open is decided from the file and told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace regimetry::market {

enum class AdjustPolicy {
  kAdjust,    // scale open, high, low, close by Adj Close / Close when the file has both (said)
  kUnadjust,  // keep Close as it is, ignore Adj Close
};

enum class DateOrder { kDayFirst, kMonthFirst, kYearFirst };
enum class StampChoice { kStart, kEnd };

struct ReadOptions {
  // Text dialect; absent: decided from all rows.
  std::optional<std::string> separator;     // one character, or "tab"
  std::optional<std::string> decimal_mark;  // "." or ","
  std::optional<DateOrder> date_order;
  std::optional<std::string> timestamp_unit;  // "s", "ms", "us", "ns" for numeric stamps

  // Zone of stamps that carry none: IANA name or offset. Absent: UTC, with a warning.
  std::optional<std::string> time_zone;
  // Whether a stamp is the bar's start or its end. Absent: start, or what the recognised export is known to
  // do.
  std::optional<StampChoice> stamp;

  AdjustPolicy adjust = AdjustPolicy::kAdjust;
  // Symbol for files that name none. Absent: from the file's name or hive folder.
  std::optional<std::string> symbol;
  // Columns by name where the names are not known ones: e.g. {"close", "Last Trade"}; role names as in
  // column_roles.hpp.
  std::vector<std::pair<std::string, std::string>> column_for_role;
  // Keep columns that are not part of a bar (as Bars::extras).
  bool keep_extras = true;
  // Parquet alone: columns to read beside those that say the time; other formats are read whole. Empty: all.
  // For readers that take a wide file in parts, to hold one part at a time.
  std::vector<std::string> only_columns;
  // Compute the SHA-256 of every source file (SourceFile::sha256): one more pass over its bytes.
  bool hash_sources = false;

  // Limits against hostile input.
  std::int64_t max_columns = 10'000;
  std::int64_t max_line_bytes = 4 << 20;
  std::int64_t max_uncompressed_bytes = std::int64_t{64} << 30;
};

}  // namespace regimetry::market
