// regimetry analyze INPUT: from a market file to a report.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "analysis/analyze_market.hpp"
#include "analysis/clean_folder.hpp"
#include "analysis/inputs_to_read.hpp"
#include "analysis/run_file.hpp"
#include "cli/analyze_settings.hpp"
#include "cli/analyze_words.hpp"
#include "cli/commands/commands.hpp"
#include "cli/shell_word.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "report/overview_page.hpp"
#include "report/run_files.hpp"
#include "report/write_report.hpp"

namespace regimetry::cli {
namespace {

using analysis::AnalyzedInstrument;
using analysis::MarketAnalysis;
using nlohmann::ordered_json;

constexpr std::size_t kTextWidth = 110;

class AnalyzeCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "analyze"; }
  [[nodiscard]] std::string_view summary() const override {
    return "from a market file to regimes and a report";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads any market file, checks it, computes features and embeddings, finds regimes and describes "
           "them, and "
           "writes a report that opens in any browser, pictures, a summary and every artifact on the way. "
           "Each stage "
           "writes what the command of its name would, and is left out when nothing that it depends on has "
           "changed.\n"
           "What regimes are made from is said: the stationary features of the set 'regime' by default, or "
           "windows of "
           "them sent through an encoder where one is described. Labels come twice, as final labels that "
           "know the whole "
           "sample and as they were known at the time; the report shows both and says which is which.\n"
           "Several instruments are analysed each by itself, with an overview; one that fails does not stop "
           "the others, "
           "and the exit code is then 3.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry analyze demo/market.parquet --instrument SIM0001 --output-dir demo/analysis",
            "regimetry analyze demo/market.parquet --instrument SIM0002 --window-size 5 --encoding-method "
            "sinusoidal "
            "--encoding-style interleaved --embedding-dim 64 --n-clusters 4 --projection pca --output-dir "
            "demo/embedded --json"};
  }

  void declare(SettingSchema& schema) override { settings_.declare(schema); }

  int run(CommandContext& context) override {
    const std::filesystem::path folder = prepare_folder(context);
    for (const std::string& idle : settings_.idle_words()) context.observer().on_warning(idle);
    for (const std::string& note : settings_.notes()) context.observer().on_note(note);
    const analysis::AnalyzeOptions options = settings_.options(context);
    const MarketAnalysis made =
        analyze_market(folder, options, {report_work(), overview_work()}, context.pool(), context.observer());
    const std::vector<ordered_json> summaries = read_summaries(folder, made);
    if (made.instruments.size() == 1)
      tell_one(context, folder, made.instruments.front(), summaries.front());
    else
      tell_all(context, folder, made, summaries);
    if (made.failure_count() > 0)
      throw Error(ErrorKind::kData, failure_words(made));  // also heard when quiet
    return 0;
  }

 private:
  [[nodiscard]] std::filesystem::path prepare_folder(CommandContext& context) const {
    std::filesystem::path folder = settings_.folder(context.common());
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
      throw Error(ErrorKind::kUsage, fmt::format("--output-dir: folder '{}' cannot be made: {}",
                                                 printable_path(folder), error.message()));
    static_cast<void>(
        AtomicFile(folder / report::kReportFile));  // judges whether anything can be written there
    // Nothing is removed before it is sure that none of it is what is to be read.
    static_cast<void>(analysis::inputs_to_read(settings_.inputs(), folder));
    if (settings_.cleans()) analysis::clean_folder(folder);
    return folder;
  }

  [[nodiscard]] analysis::ReportWork report_work() const {
    return [this](const std::filesystem::path& folder, const ordered_json& run, ThreadPool& pool, Observer&) {
      const report::WrittenReport written = report::write_report(folder, run, settings_.report(), pool);
      return analysis::StageOutcome{written.files, fmt::format("{} files to look at", written.files.size())};
    };
  }

  [[nodiscard]] analysis::OverviewWork overview_work() const {
    return [this](const std::filesystem::path& folder, const MarketAnalysis& made) {
      const std::vector<ordered_json> summaries = read_summaries(folder, made);
      std::vector<report::OverviewRow> rows;
      for (std::size_t i = 0; i < made.instruments.size(); ++i) {
        const AnalyzedInstrument& one = made.instruments[i];
        const bool has_page = one.failure.empty() && settings_.report().with_page;
        rows.push_back({one.name, has_page ? one.folder + "/" + report::kReportFile : std::string(),
                        summaries[i], one.failure});
      }
      write_file_atomically(folder / report::kOverviewFile,
                            report::overview_page(rows, settings_.report().palette));
      return analysis::StageOutcome{{report::kOverviewFile}, counted(std::ssize(rows), "instrument")};
    };
  }

  // Null for instruments without a report.
  static std::vector<ordered_json> read_summaries(const std::filesystem::path& folder,
                                                  const MarketAnalysis& made) {
    std::vector<ordered_json> summaries;
    for (const AnalyzedInstrument& one : made.instruments)
      summaries.push_back(one.failure.empty()
                              ? ordered_json::parse(read_file(folder / one.folder / report::kSummaryJsonFile))
                              : ordered_json(nullptr));
    return summaries;
  }

  void tell_one(CommandContext& context, const std::filesystem::path& folder, const AnalyzedInstrument& one,
                const ordered_json& summary) const {
    context.print(summary_words(summary, kTextWidth) + "\n" + timing_words(one.stages));
    ordered_json json = summary;
    json["output"] = folder.string();
    json["stages"] = timings_json(one.stages);
    context.print_json(json);
    context.finish(written_path(folder),
                   settings_.report().with_page
                       ? fmt::format("regimetry report {} --open", shell_word(folder.string()))
                       : std::string());
  }

  [[nodiscard]] std::string written_path(const std::filesystem::path& folder) const {
    return (folder / (settings_.report().with_page ? report::kReportFile : report::kSummaryFile)).string();
  }

  void tell_all(CommandContext& context, const std::filesystem::path& folder, const MarketAnalysis& made,
                const std::vector<ordered_json>& summaries) const {
    const std::filesystem::path overview = folder / report::kOverviewFile;
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < made.instruments.size(); ++i) {
      const AnalyzedInstrument& one = made.instruments[i];
      list.push_back({{"name", one.name},
                      {"folder", one.folder},
                      {"failure", one.failure.empty() ? ordered_json(nullptr) : ordered_json(one.failure)},
                      {"summary", summaries[i]}});
    }
    context.print(overview_words(made, summaries) +
                  (made.was_unchanged()
                       ? "\nNothing has changed since the last run, so nothing was computed again.\n"
                       : ""));
    context.print_json({{"output", folder.string()}, {"instruments", std::move(list)}});
    const std::int64_t failed = made.failure_count();
    context.finish(
        fmt::format("{} ({}{})", overview.string(), counted(std::ssize(made.instruments), "instrument"),
                    failed > 0 ? fmt::format(", {} failed", failed) : std::string()),
        "");
  }

  static std::string failure_words(const MarketAnalysis& made) {
    std::string words =
        fmt::format("{} of {} instruments failed:", made.failure_count(), made.instruments.size());
    for (const AnalyzedInstrument& one : made.instruments)
      if (!one.failure.empty())
        words +=
            "\n  " + (one.failure.starts_with(one.name) ? "" : printable(one.name, 60) + ": ") + one.failure;
    return words;
  }

  static ordered_json timings_json(const std::vector<analysis::StageRecord>& stages) {
    ordered_json json = ordered_json::array();
    for (const analysis::StageRecord& stage : stages)
      json.push_back({{"name", stage.name},
                      {"skipped", stage.was_skipped},
                      {"seconds", stage.was_skipped ? 0.0 : stage.seconds}});
    return json;
  }

  AnalyzeSettings settings_;
};

}  // namespace

std::unique_ptr<Command> make_analyze_command() {
  return std::make_unique<AnalyzeCommand>();
}

}  // namespace regimetry::cli
