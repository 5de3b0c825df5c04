// Runs stages that turn files into files, and leaves out those whose files are as they would become.
//
// A stage depends on its settings, its input files and the program. The digest of all three is its key. Where
// a stage of that key was run before and all it wrote is still there, byte for byte, it is skipped; what it
// said then is said of it now. Digests of inputs stand for the stages that made them, so a stage that runs
// again and writes the same bytes makes nothing after it run.
//
// Before any stage has to run, what `StageRunnerOptions::shown` names is removed: people must not look at
// what was made from something else, should a later stage fail.
//
// Files: `.stages.json` in the folder holds the keys. It is no artifact: another build has other keys.
// Records with paths that lead out of the folder are not believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/recorded_notes.hpp"
#include "core/observer.hpp"

namespace regimetry::analysis {

struct FileDigest {
  std::string path;  // relative to the folder, or as the user gave it
  std::uintmax_t bytes = 0;
  std::string sha256;
};
[[nodiscard]] nlohmann::ordered_json to_json(const FileDigest& file);
// Throws Error (kData) when the file cannot be read. `shown`: the path that the result carries.
[[nodiscard]] FileDigest digest_file(const std::filesystem::path& path, const std::string& shown);

struct Stage {
  std::string name;                // "features"
  nlohmann::json settings;         // all that changes what it makes, besides its inputs
  std::vector<FileDigest> inputs;  // what it reads
};

// What the work of a stage gives back.
struct StageOutcome {
  std::vector<std::string> outputs;  // files that it wrote, relative to the folder, in a fixed order
  std::string words;                 // one line on what was made
};

struct StageRecord {
  std::string name, key, words;
  std::vector<FileDigest> outputs;
  SpokenWords spoken;
  // Of this run alone, never written.
  bool was_skipped = false;
  double seconds = 0;
};
// What `run.json` says of a stage: name, words, notes, warnings, outputs.
[[nodiscard]] nlohmann::ordered_json to_json(const StageRecord& record);

struct StageRunnerOptions {
  // Digest of the program, or whatever tells one version of it from another.
  std::string program;
  bool skips_nothing = false;  // run every stage, whatever was run before
  // The stage whose outputs people look at; empty: none.
  std::string shown = {};
};

inline constexpr const char* kStagesFile = ".stages.json";

// Paths of the files that stages are recorded to have written, relative to the folder; none where there is no
// record.
[[nodiscard]] std::vector<std::filesystem::path> recorded_outputs(const std::filesystem::path& folder);

class StageRunner {
 public:
  // The folder must exist. A damaged `.stages.json` counts as none. Borrows the observer.
  StageRunner(std::filesystem::path folder, StageRunnerOptions options, Observer& observer);

  // Runs `work` or skips it. Files that the stage wrote in an earlier run and no longer writes are removed.
  // Whatever `work` throws leaves earlier stages recorded, so that a next run goes on from there.
  void run(const Stage& stage, const std::function<StageOutcome(Observer&)>& work);

  // Removes the outputs of that stage's earlier run, and its record.
  void forget(const std::string& name);

  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  [[nodiscard]] const std::vector<StageRecord>& records() const noexcept { return records_; }  // in order

 private:
  [[nodiscard]] std::string key_of(const Stage& stage) const;
  [[nodiscard]] const StageRecord* earlier(const Stage& stage, const std::string& key) const;
  void remove_stale(const std::string& name, const std::vector<std::string>& kept) const;
  void remove_shown();
  void save() const;

  std::filesystem::path folder_;
  StageRunnerOptions options_;
  Observer& observer_;
  std::map<std::string, StageRecord> earlier_;  // by name, of `.stages.json`
  std::vector<StageRecord> records_;
};

}  // namespace regimetry::analysis
