#include "analysis/inputs_to_read.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <system_error>

#include "analysis/stage_runner.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/reading/find_inputs.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {
namespace {

std::filesystem::path settled(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path result = std::filesystem::weakly_canonical(path, error);
  return error ? path.lexically_normal() : result;
}

// Tells whether a file was written by a run into its folder or one above it.
class OwnFiles {
 public:
  [[nodiscard]] bool holds(const std::filesystem::path& file) {
    for (std::filesystem::path folder = file.parent_path(); !folder.empty(); folder = folder.parent_path()) {
      if (written_into(folder).contains(file)) return true;
      if (folder == folder.parent_path()) break;
    }
    return false;
  }

 private:
  const std::set<std::filesystem::path>& written_into(const std::filesystem::path& folder) {
    const auto [found, is_new] = written_.try_emplace(folder);
    if (!is_new) return found->second;
    for (const std::filesystem::path& path : recorded_outputs(folder))
      found->second.insert(settled(folder / path));
    found->second.insert(folder / report::kRunFile);
    return found->second;
  }

  std::map<std::filesystem::path, std::set<std::filesystem::path>> written_;
};

bool will_be_written(const std::filesystem::path& file, const std::filesystem::path& folder) {
  for (const char* name :
       {report::kBarsFile, report::kFeaturesFile, report::kAssignmentsFile, report::kHealthFile})
    if (file == folder / name) return true;
  return false;
}

}  // namespace

std::vector<std::string> inputs_to_read(const std::vector<std::string>& inputs,
                                        const std::filesystem::path& folder) {
  const std::filesystem::path output = settled(folder);
  OwnFiles own;
  std::vector<std::string> left;
  bool has_left_out = false;
  for (const std::string& input : inputs) {
    const bool is_named = std::filesystem::is_regular_file(input);
    for (const market::InputPath& found : market::find_inputs({input})) {
      const std::filesystem::path file = settled(found.path);
      const bool is_own = own.holds(file);
      if (is_named && (is_own || will_be_written(file, output)))
        throw Error(ErrorKind::kUsage,
                    fmt::format("{}: is a file that a run into {} writes; name another --output-dir",
                                printable_path(found.path), printable_path(folder)));
      has_left_out = has_left_out || is_own;
      if (!is_own) left.push_back(found.path.string());
    }
  }
  if (!has_left_out) return inputs;
  if (left.empty())
    throw Error(ErrorKind::kData,
                "the inputs hold nothing but what earlier runs of analyze wrote; name market files");
  return left;
}

}  // namespace regimetry::analysis
