// Everything that people look at, from the artifacts of a folder.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "report/regime_summary.hpp"

namespace regimetry::report {

struct ReportOptions {
  bool with_page = true;     // report.html
  bool with_figures = true;  // PNG and SVG
  std::string palette = "regimetry";
  std::string version;  // of the program
  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct WrittenReport {
  std::vector<std::string> files;  // relative to the folder, in a fixed order
  std::string name;                // of the run: "EURUSD 1d"
  RegimeSummary summary;
};

// Reads `folder` as read_regime_run() does and writes summary.md, regime_summary.json, the page and the
// figures into it; figures of an earlier report that are not drawn now are removed. `run`: run.json as the
// page shows it; null where there is none. Each file appears whole or not at all; the same artifacts give the
// same bytes.
[[nodiscard]] WrittenReport write_report(const std::filesystem::path& folder,
                                         const nlohmann::ordered_json& run, const ReportOptions& options,
                                         ThreadPool& pool);

}  // namespace regimetry::report
