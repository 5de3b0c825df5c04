// Everything the page shows, as its counterpart web/report/src/report_data.ts reads it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/regime_run.hpp"
#include "report/regime_summary.hpp"

namespace regimetry::report {

// `colors`: "#rrggbb" of each regime, for colors[id] of every id that occurs. Columns of bars travel as
// base64 of little-endian arrays: prices as float32, stamps as steps of their greatest common unit.
[[nodiscard]] nlohmann::ordered_json report_data(const RegimeRun& run, const RegimeSummary& summary,
                                                 const std::vector<std::string>& colors,
                                                 const std::string& version);

// One above the highest id of any labelling of the run.
[[nodiscard]] int color_count(const RegimeRun& run) noexcept;

}  // namespace regimetry::report
