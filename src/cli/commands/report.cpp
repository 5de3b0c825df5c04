// regimetry report FOLDER: what people look at, made again from the artifacts of a run.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "analysis/run_file.hpp"
#include "cli/analyze_words.hpp"
#include "cli/commands/commands.hpp"
#include "cli/open_file.hpp"
#include "cli/report_settings.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "report/read_regime_run.hpp"
#include "report/run_files.hpp"
#include "report/write_report.hpp"

namespace regimetry::cli {
namespace {

constexpr std::size_t kTextWidth = 110;

class ReportCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "report"; }
  [[nodiscard]] std::string_view summary() const override {
    return "rebuild the report of a run from its artifacts";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads what 'analyze' or 'cluster' left in a folder and writes report.html, PNG and SVG pictures, "
           "summary.md "
           "and regime_summary.json into it. Nothing is computed from prices again, so it takes a second; "
           "parts that the "
           "folder does not hold are left out. --open shows the page in the browser of this machine.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry report demo/analysis --report-palette Set2"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("folder", folder_, "A folder that 'analyze' or 'cluster' wrote.",
               {.placeholder = "FOLDER", .positional = true, .required = true});
    schema.add("open", open_, "Show the page in a browser.", {.affects_result = false});
    report_.declare(schema);
    schema.add_check([this]() -> std::vector<std::string> {
      if (open_ && !report_.options().with_page)
        return {"--open shows the page, and --report-format makes none; add interactive to it"};
      return {};
    });
  }

  int run(CommandContext& context) override {
    if (!std::filesystem::is_directory(folder_))
      throw Error(ErrorKind::kUsage, fmt::format("{}: is no folder; give one that 'regimetry analyze' wrote",
                                                 printable_path(folder_)));
    const nlohmann::ordered_json run = report::read_run_record(folder_);
    const report::WrittenReport written =
        report::write_report(folder_, run, report_.options(), context.pool());
    if (run.is_object()) analysis::record_report(folder_, run, written.files);
    const nlohmann::ordered_json summary =
        nlohmann::ordered_json::parse(read_file(folder_ / report::kSummaryJsonFile));
    context.print(summary_words(summary, kTextWidth));
    nlohmann::ordered_json json = summary;
    json["output"] = folder_.string();
    json["files"] = written.files;
    context.print_json(json);
    const std::filesystem::path page = folder_ / report::kReportFile;
    if (open_) open_file(page);
    context.finish(report_.options().with_page ? page.string() : (folder_ / report::kSummaryFile).string(),
                   "");
    return 0;
  }

 private:
  std::filesystem::path folder_;
  bool open_ = false;
  ReportSettings report_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() {
  return std::make_unique<ReportCommand>();
}

}  // namespace regimetry::cli
