#include "cli/report_settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/version.hpp"
#include "core/printable.hpp"
#include "report/palette_choice.hpp"

namespace regimetry::cli {

void ReportSettings::declare(SettingSchema& schema) {
  const std::string group = "Report";
  schema.add("report_format", formats_,
             "interactive (or plotly): report.html. static (or matplotlib): PNG and SVG.",
             {.placeholder = "NAME", .group = group});
  schema.add(
      "report_palette", options_.palette,
      fmt::format("Colours of regimes: {}. The default is told apart with any common colour blindness.",
                  fmt::join(report::palette_names(), ", ")),
      {.placeholder = "NAME", .group = group});
  schema.add_check([this] { return settle(); });
}

std::vector<std::string> ReportSettings::settle() {
  options_.version = kVersion;
  options_.with_page = options_.with_figures = false;
  std::vector<std::string> problems;
  for (const std::string& word : formats_) {
    if (word == "interactive" || word == "plotly")
      options_.with_page = true;
    else if (word == "static" || word == "matplotlib")
      options_.with_figures = true;
    else
      problems.push_back(
          fmt::format("report_format has '{}'; it is interactive (plotly), static (matplotlib), or both",
                      printable(word)));
  }
  for (std::string& problem : options_.problems())
    problems.push_back("report_palette: " + std::move(problem));
  return problems;
}

}  // namespace regimetry::cli
