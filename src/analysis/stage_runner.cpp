#include "analysis/stage_runner.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"

namespace regimetry::analysis {
namespace {

constexpr std::uintmax_t kMostStageBytes = 64U << 20U;

// A record names files below its folder; one that was tampered with must not reach elsewhere.
void require_below(const std::filesystem::path& path) {
  if (path.is_relative() && !path.empty() && *path.lexically_normal().begin() != "..") return;
  throw Error(ErrorKind::kData, "a record of stages names a file outside its folder");
}

FileDigest file_from_json(const nlohmann::json& json) {
  require_below(json.at("path").get<std::string>());
  return {json.at("path").get<std::string>(), json.at("bytes").get<std::uintmax_t>(),
          json.at("sha256").get<std::string>()};
}

nlohmann::json stored_json(const StageRecord& record) {
  nlohmann::json json = to_json(record);
  json["key"] = record.key;
  return json;
}

StageRecord record_from_json(const nlohmann::json& json) {
  StageRecord record;
  record.name = json.at("name").get<std::string>();
  record.key = json.at("key").get<std::string>();
  record.words = json.at("words").get<std::string>();
  for (const nlohmann::json& file : json.at("outputs")) record.outputs.push_back(file_from_json(file));
  record.spoken.notes = json.at("notes").get<std::vector<std::string>>();
  record.spoken.warnings = json.at("warnings").get<std::vector<std::string>>();
  return record;
}

// A record that is missing or damaged is none.
std::vector<StageRecord> read_records(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kStagesFile;
  std::vector<StageRecord> records;
  if (!std::filesystem::exists(path)) return records;
  try {
    for (const nlohmann::json& json : nlohmann::json::parse(read_file(path, kMostStageBytes)))
      records.push_back(record_from_json(json));
  } catch (const nlohmann::json::exception&) {
    records.clear();
  } catch (const Error&) {
    records.clear();
  }
  return records;
}

// Whether the file is there and is what it was when it was digested.
bool is_unchanged(const std::filesystem::path& folder, const FileDigest& file) {
  std::error_code error;
  if (std::filesystem::file_size(folder / file.path, error) != file.bytes || error) return false;
  try {
    return sha256_file_hex(folder / file.path) == file.sha256;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

nlohmann::ordered_json to_json(const FileDigest& file) {
  return {{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

FileDigest digest_file(const std::filesystem::path& path, const std::string& shown) {
  std::string sha256 = sha256_file_hex(path);
  return {shown, std::filesystem::file_size(path), std::move(sha256)};
}

nlohmann::ordered_json to_json(const StageRecord& record) {
  nlohmann::ordered_json outputs = nlohmann::ordered_json::array();
  for (const FileDigest& file : record.outputs) outputs.push_back(to_json(file));
  return {{"name", record.name},
          {"words", record.words},
          {"notes", record.spoken.notes},
          {"warnings", record.spoken.warnings},
          {"outputs", std::move(outputs)}};
}

StageRunner::StageRunner(std::filesystem::path folder, StageRunnerOptions options, Observer& observer)
    : folder_(std::move(folder)), options_(std::move(options)), observer_(observer) {
  for (StageRecord& record : read_records(folder_)) {
    std::string name = record.name;
    earlier_.insert_or_assign(std::move(name), std::move(record));
  }
}

std::vector<std::filesystem::path> recorded_outputs(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const StageRecord& record : read_records(folder))
    for (const FileDigest& file : record.outputs) paths.emplace_back(file.path);
  return paths;
}

std::string StageRunner::key_of(const Stage& stage) const {
  nlohmann::json files = nlohmann::json::array();
  for (const FileDigest& file : stage.inputs) files.emplace_back(to_json(file));
  const nlohmann::json all = {
      {"stage", stage.name}, {"program", options_.program}, {"settings", stage.settings}, {"files", files}};
  return sha256_hex(all.dump());
}

const StageRecord* StageRunner::earlier(const Stage& stage, const std::string& key) const {
  if (options_.skips_nothing) return nullptr;
  const auto found = earlier_.find(stage.name);
  if (found == earlier_.end() || found->second.key != key) return nullptr;
  const std::vector<FileDigest>& outputs = found->second.outputs;
  const bool is_whole = std::all_of(outputs.begin(), outputs.end(),
                                    [this](const FileDigest& file) { return is_unchanged(folder_, file); });
  return is_whole ? &found->second : nullptr;
}

void StageRunner::run(const Stage& stage, const std::function<StageOutcome(Observer&)>& work) {
  const std::string key = key_of(stage);
  if (const StageRecord* record = earlier(stage, key)) {
    records_.push_back(*record);
    records_.back().was_skipped = true;
    for (const std::string& warning : record->spoken.warnings) observer_.on_warning(warning);
    return;
  }
  remove_shown();
  const auto begin = std::chrono::steady_clock::now();
  RecordedNotes notes(observer_);
  StageOutcome outcome = work(notes);
  StageRecord record;
  record.name = stage.name;
  record.key = key;
  record.words = std::move(outcome.words);
  for (const std::string& path : outcome.outputs) record.outputs.push_back(digest_file(folder_ / path, path));
  record.spoken = notes.words();
  remove_stale(stage.name, outcome.outputs);
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  records_.push_back(std::move(record));
  save();
}

void StageRunner::remove_stale(const std::string& name, const std::vector<std::string>& kept) const {
  const auto found = earlier_.find(name);
  if (found == earlier_.end()) return;
  for (const FileDigest& file : found->second.outputs) {
    if (std::find(kept.begin(), kept.end(), file.path) != kept.end()) continue;
    std::error_code ignored;
    std::filesystem::remove(folder_ / file.path, ignored);
  }
}

void StageRunner::forget(const std::string& name) {
  remove_stale(name, {});
  if (earlier_.erase(name) > 0) save();
}

void StageRunner::remove_shown() {
  if (options_.shown.empty()) return;
  const std::string name = std::exchange(options_.shown, {});
  if (earlier_.contains(name)) forget(name);
}

// Stages that this run has not come to yet stay as the last run left them.
void StageRunner::save() const {
  std::map<std::string, StageRecord> all = earlier_;
  for (const StageRecord& record : records_) all.insert_or_assign(record.name, record);
  nlohmann::json json = nlohmann::json::array();
  for (const auto& [name, record] : all) json.push_back(stored_json(record));
  write_file_atomically(folder_ / kStagesFile, json.dump() + "\n");
}

}  // namespace regimetry::analysis
