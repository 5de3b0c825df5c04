// The health report for people: a table in words, with the worst example of each finding.
#pragma once

#include <string>

#include "market/quality/quality_report.hpp"

namespace regimetry::market {

// Up to this many instruments each get their own table; more are summed up by check, with the worst
// instrument of each.
inline constexpr std::size_t kMostInstrumentsInFull = 4;

// Lines end with '\n'. Without findings: one line that says so.
[[nodiscard]] std::string format_quality(const QualityReport& report);

}  // namespace regimetry::market
