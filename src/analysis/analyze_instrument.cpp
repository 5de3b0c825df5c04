#include "analysis/analyze_instrument.hpp"

#include <map>
#include <system_error>
#include <utility>

#include "analysis/stages.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

using StageWork = StageOutcome (*)(const StageContext& context);

class InstrumentAnalysis {
 public:
  InstrumentAnalysis(const std::filesystem::path& folder, const StageRecord& data,
                     const AnalyzeOptions& options, ThreadPool& pool, Observer& observer)
      : folder_(folder),
        options_(options),
        pool_(pool),
        runner_(folder, {options.program, options.skips_nothing, stage_name(StageName::kReport)}, observer) {
    stages_.push_back(data);
    for (const FileDigest& file : data.outputs) digests_[file.path] = file;
  }

  void run_all() {
    const std::string features = feature_file(options_), rows = row_file(options_);
    if (!options_.data.is_signal_table) run(StageName::kFeatures, {report::kBarsFile}, compute_feature_stage);
    run(StageName::kTransform, {features}, fit_scale);
    run(StageName::kEmbeddings, {features, report::kScalerFile}, embed_stage);
    run(StageName::kRegimes, {report::kBarsFile, features, rows}, label_stage);
    run(StageName::kStructure, {report::kAssignmentsFile}, structure_stage);
    run(StageName::kMaps, {rows, report::kAssignmentsFile}, map_stage);
    run(StageName::kLevels, {report::kBarsFile, features, report::kScalerFile, report::kAssignmentsFile},
        level_stage);
  }

  // The report reads everything, so it depends on every file that was written.
  void run_report(const RunFacts& facts, const ReportWork& make_report) {
    const nlohmann::ordered_json run = run_record(facts, stages_);
    Stage stage{stage_name(StageName::kReport), {{"own", settings_of(StageName::kReport)}, {"run", run}}, {}};
    runner_.run(stage, [&](Observer& observer) { return make_report(folder_, run, pool_, observer); });
    stages_.push_back(runner_.records().back());
    write_run_file(folder_, run_record(facts, stages_));
  }

  [[nodiscard]] std::vector<StageRecord> stages() && { return std::move(stages_); }

 private:
  [[nodiscard]] nlohmann::json settings_of(StageName name) const {
    const auto found = options_.settings.find(name);
    return found == options_.settings.end() ? nlohmann::json() : found->second;
  }

  void run(StageName name, const std::vector<std::string>& inputs, StageWork work) {
    // All that it and the stages before it were told, which is also what travels with its outputs.
    Stage stage{stage_name(name), options_.config_up_to(name), {}};
    for (const std::string& input : inputs) stage.inputs.push_back(digests_.at(input));
    runner_.run(stage, [&](Observer& observer) {
      return work({options_, options_.config_up_to(name), folder_, pool_, observer});
    });
    stages_.push_back(runner_.records().back());
    for (const FileDigest& file : stages_.back().outputs) digests_[file.path] = file;
  }

  const std::filesystem::path& folder_;
  const AnalyzeOptions& options_;
  ThreadPool& pool_;
  StageRunner runner_;
  std::vector<StageRecord> stages_;
  std::map<std::string, FileDigest> digests_;  // of every file of the folder that a stage wrote
};

}  // namespace

InstrumentRun analyze_instrument(const std::filesystem::path& folder, const StageRecord& data,
                                 const std::vector<FileDigest>& inputs, const AnalyzeOptions& options,
                                 const ReportWork& make_report, ThreadPool& pool, Observer& observer) {
  try {
    InstrumentAnalysis analysis(folder, data, options, pool, observer);
    analysis.run_all();
    analysis.run_report({options.command, options.version, options.config, inputs}, make_report);
    return {std::move(analysis).stages()};
  } catch (...) {
    // The record of an earlier run names files that are gone by now.
    std::error_code ignored;
    std::filesystem::remove(folder / report::kRunFile, ignored);
    throw;
  }
}

}  // namespace regimetry::analysis
