// The health of an instrument's bars: every check, how often it failed, where first and where worst.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace regimetry::market {

enum class Severity {
  kInfo,     // worth knowing
  kWarning,  // unusual; may be right
  kError,    // cannot be right
};

struct QualityExample {
  std::int64_t row = 0;   // index into the bars as read, before repair
  std::int64_t line = 0;  // line in the source file; 0 when it has none
  std::string file;       // the row's file when several were joined; else empty
  TimestampNs stamp = 0;
  std::string values;  // "high 1.0921 < low 1.0934"
};

struct QualityFinding {
  std::string check;  // stable key: "high_below_low", "duplicate_exact", ...
  std::string title;  // for people
  Severity severity = Severity::kInfo;
  std::int64_t count = 0;  // rows (or gaps, runs) concerned
  QualityExample first, worst;
  std::string advice;  // what to do
  std::string action;  // what was done: "sorted", "dropped 3 rows", "" when nothing
};

struct InstrumentQuality {
  std::string symbol, timeframe;
  std::int64_t rows_read = 0, rows_kept = 0;
  TimestampNs first_stamp = 0, last_stamp = 0;
  double bars_per_year = 0;
  std::vector<QualityFinding> findings;  // worst severity first, then by count
  [[nodiscard]] Severity worst_severity() const noexcept;
};

struct QualityReport {
  std::vector<InstrumentQuality> instruments;
  [[nodiscard]] Severity worst_severity() const noexcept;
  [[nodiscard]] std::int64_t count(Severity severity) const noexcept;  // findings of that severity
};

[[nodiscard]] nlohmann::json to_json(const QualityReport& report);
[[nodiscard]] std::string_view severity_name(Severity severity) noexcept;  // "info", "warning", "error"

}  // namespace regimetry::market
