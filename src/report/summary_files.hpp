// A summary as text: summary.md, which reads well pasted into an issue, and regime_summary.json for machines.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "report/regime_summary.hpp"

namespace regimetry::report {

[[nodiscard]] std::string summary_markdown(const RegimeRun& run, const RegimeSummary& summary);
[[nodiscard]] nlohmann::ordered_json summary_json(const RegimeRun& run, const RegimeSummary& summary);

}  // namespace regimetry::report
