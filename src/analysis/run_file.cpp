#include "analysis/run_file.hpp"

#include <fmt/format.h>

#include <utility>

#include "analysis/analyze_options.hpp"
#include "core/atomic_file.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {

nlohmann::ordered_json run_record(const RunFacts& facts, const std::vector<StageRecord>& stages) {
  nlohmann::ordered_json inputs = nlohmann::ordered_json::array(), list = nlohmann::ordered_json::array();
  for (const FileDigest& file : facts.inputs) inputs.push_back(to_json(file));
  for (const StageRecord& stage : stages) list.push_back(to_json(stage));
  const nlohmann::json& config = facts.config;
  return {{"command", facts.command},
          {"version", facts.version},
          {"settings", config.contains("settings") ? config.at("settings") : nlohmann::json::object()},
          {"inputs", std::move(inputs)},
          {"stages", std::move(list)}};
}

void write_run_file(const std::filesystem::path& folder, const nlohmann::ordered_json& record) {
  write_file_atomically(folder / report::kRunFile,
                        record.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void record_report(const std::filesystem::path& folder, nlohmann::ordered_json record,
                   const std::vector<std::string>& files) {
  StageRecord stage;
  stage.name = stage_name(StageName::kReport);
  stage.words = fmt::format("{} files to look at", files.size());
  for (const std::string& file : files) stage.outputs.push_back(digest_file(folder / file, file));
  record.at("stages").push_back(to_json(stage));
  write_run_file(folder, record);
}

}  // namespace regimetry::analysis
