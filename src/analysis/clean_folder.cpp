#include "analysis/clean_folder.hpp"

#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "analysis/stage_runner.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

void remove_recorded(const std::filesystem::path& folder) {
  std::set<std::filesystem::path> folders;
  std::error_code ignored;
  for (const std::filesystem::path& path : recorded_outputs(folder)) {
    std::filesystem::remove(folder / path, ignored);
    if (path.has_parent_path()) folders.insert(folder / path.parent_path());
  }
  for (const char* name : {report::kRunFile, kStagesFile}) std::filesystem::remove(folder / name, ignored);
  for (const std::filesystem::path& below : folders) {
    if (std::filesystem::exists(below / kStagesFile)) remove_recorded(below);
    std::filesystem::remove(below, ignored);  // fails, as it should, where something else lies in it
  }
}

}  // namespace

void clean_folder(const std::filesystem::path& folder) {
  remove_recorded(folder);
}

}  // namespace regimetry::analysis
