// The report of the audit for look-ahead, for people.
#pragma once

#include <string>

#include "features/audit/lookahead_report.hpp"

namespace regimetry::cli {

// What was looked at, then every culprit, most severe first: one line per feature with its worst instrument.
// Lines end with '\n'.
[[nodiscard]] std::string format_lookahead(const features::LookaheadReport& report);

}  // namespace regimetry::cli
