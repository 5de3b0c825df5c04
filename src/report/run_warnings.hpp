// What a reader of a run should be warned of, what matters most first.
#pragma once

#include <string>
#include <vector>

#include "report/regime_run.hpp"

namespace regimetry::report {

struct RegimeSummary;

// At least one: that the picture knows the future is always said. `summary` needs its regimes and `now` only.
[[nodiscard]] std::vector<std::string> run_warnings(const RegimeRun& run, const RegimeSummary& summary);

}  // namespace regimetry::report
