// `run.json`: what a run was told, what it read, and every file it wrote with its digest.
//
// The same inputs give the same bytes: no clock, no host, no durations.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/stage_runner.hpp"

namespace regimetry::analysis {

struct RunFacts {
  std::string command;    // that gives this result again
  std::string version;    // of the program
  nlohmann::json config;  // resolved settings
  std::vector<FileDigest> inputs;
};

[[nodiscard]] nlohmann::ordered_json run_record(const RunFacts& facts,
                                                const std::vector<StageRecord>& stages);
void write_run_file(const std::filesystem::path& folder, const nlohmann::ordered_json& record);
// A report that was made again by itself: `files` become those of the report stage, with their digests.
// `record`: run.json without that stage.
void record_report(const std::filesystem::path& folder, nlohmann::ordered_json record,
                   const std::vector<std::string>& files);

}  // namespace regimetry::analysis
