// The report of the audit for look-ahead, for people.
#pragma once

#include <string>

#include "features/audit/lookahead_report.hpp"

namespace regimetry::cli {

// The verdict on `audited` ("the set core95 (95 features)"), then every culprit, most severe first: one line
// per feature with its worst instrument; then what was looked at and what was not. Lines end with '\n'.
[[nodiscard]] std::string format_lookahead(const features::LookaheadReport& report,
                                           const std::string& audited);

}  // namespace regimetry::cli
