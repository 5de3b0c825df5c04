#include "report/write_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "report/figures/write_figures.hpp"
#include "report/palette_choice.hpp"
#include "report/read_regime_run.hpp"
#include "report/report_data.hpp"
#include "report/report_page.hpp"
#include "report/run_files.hpp"
#include "report/run_name.hpp"
#include "report/summary_files.hpp"

namespace regimetry::report {
namespace {

void remove_stale_figures(const std::filesystem::path& folder,
                          const std::vector<std::filesystem::path>& drawn) {
  for (const std::filesystem::path& path : figure_paths(folder)) {
    if (std::find(drawn.begin(), drawn.end(), path) != drawn.end()) continue;
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
}

WrittenReport write_all(const std::filesystem::path& folder, const nlohmann::ordered_json& run,
                        const ReportOptions& options, ThreadPool& pool) {
  RegimeRun read = read_regime_run(folder, run, pool);
  WrittenReport written;
  written.name = run_name(read);
  written.summary = summarise(read);
  const auto write = [&](const char* name, const std::string& bytes) {
    write_file_atomically(folder / name, bytes);
    written.files.emplace_back(name);
  };
  write(kSummaryFile, summary_markdown(read, written.summary));
  write(kSummaryJsonFile,
        summary_json(read, written.summary).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
            "\n");
  std::vector<std::filesystem::path> figures;
  if (options.with_figures) figures = write_figures(folder, read, {.palette = options.palette}, pool);
  remove_stale_figures(folder, figures);
  for (const std::filesystem::path& path : figures) written.files.push_back(path.filename().string());
  if (options.with_page) {
    const std::vector<std::string> colors = palette_colors(options.palette, color_count(read));
    write(kReportFile, report_page(report_template(), written.name,
                                   report_data(read, written.summary, colors, options.version)));
  }
  return written;
}

}  // namespace

std::vector<std::string> ReportOptions::problems() const {
  std::vector<std::string> problems;
  if (auto problem = palette_problem(palette)) problems.push_back(std::move(*problem));
  return problems;
}

WrittenReport write_report(const std::filesystem::path& folder, const nlohmann::ordered_json& run,
                           const ReportOptions& options, ThreadPool& pool) {
  try {
    return write_all(folder, run, options, pool);
  } catch (const nlohmann::json::exception& error) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: one of its JSON files is not what it was written as ({}). Make them again with "
                    "'regimetry analyze --force'.",
                    printable_path(folder), printable(error.what(), 160)));
  }
}

}  // namespace regimetry::report
