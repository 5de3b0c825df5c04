// One instrument from its bars to its report: the stages in their order.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/analyze_options.hpp"
#include "analysis/run_file.hpp"
#include "analysis/stage_runner.hpp"
#include "core/parallel.hpp"

namespace regimetry::analysis {

// Makes everything that people look at from what the other stages left in `folder`: the files that it wrote,
// relative to the folder. `run`: run.json without this stage.
using ReportWork =
    std::function<StageOutcome(const std::filesystem::path& folder, const nlohmann::ordered_json& run,
                               ThreadPool& pool, Observer& observer)>;

struct InstrumentRun {
  std::vector<StageRecord> stages;  // with `data`, in order
};

// `data`: the stage that wrote bars.parquet into `folder`; `inputs`: what it read. Throws Error for what
// stops a stage; what earlier stages made stays, and a next run goes on from there.
[[nodiscard]] InstrumentRun analyze_instrument(const std::filesystem::path& folder, const StageRecord& data,
                                               const std::vector<FileDigest>& inputs,
                                               const AnalyzeOptions& options, const ReportWork& make_report,
                                               ThreadPool& pool, Observer& observer);

}  // namespace regimetry::analysis
