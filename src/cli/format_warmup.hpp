// The report of the audit of warm-up, for people.
#pragma once

#include <string>

#include "features/audit/warmup_report.hpp"

namespace regimetry::cli {

// The verdict on `audited` ("the set core95 (95 features)"), then one line per feature, those that never
// settle first. Lines end with '\n'.
[[nodiscard]] std::string format_warmup(const features::WarmupReport& report, const std::string& audited);

}  // namespace regimetry::cli
