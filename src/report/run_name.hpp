// What a run is called: "EURUSD 1d".
#pragma once

#include <filesystem>
#include <string>

#include "report/regime_run.hpp"

namespace regimetry::report {

// Without a symbol the name of the source stands for it; "Market" without either.
[[nodiscard]] inline std::string run_name(const RegimeRun& run) {
  std::string name = run.symbol.empty() ? std::filesystem::path(run.source).filename().string() : run.symbol;
  if (name.empty()) name = "Market";
  return run.timeframe.empty() ? name : name + " " + run.timeframe;
}

}  // namespace regimetry::report
