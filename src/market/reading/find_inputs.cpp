#include "market/reading/find_inputs.hpp"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"

namespace regimetry::market {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> kMarketExtensions = {
    ".csv", ".txt", ".tsv", ".parquet", ".pq", ".jsonl", ".ndjson", ".json", ".dat"};

bool is_market_file(const fs::path& path) {
  std::string name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name.starts_with('.') || name.starts_with('_') || name.ends_with(".meta.json")) return false;
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  return std::any_of(kMarketExtensions.begin(), kMarketExtensions.end(), [&](std::string_view extension) {
    return name.size() > extension.size() && name.ends_with(extension);
  });
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// "BTC%2FUSD" -> "BTC/USD", as writers of such folders escape what a name cannot hold.
std::string decode_percent(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = i + 2 < text.size() && text[i] == '%' ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (!low) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return decoded;
}

InputPath with_folder_columns(const fs::path& path) {
  InputPath input{path, {}};
  for (const fs::path& part : path.parent_path()) {
    const std::string text = part.string();
    const std::size_t mark = text.find('=');
    if (mark == std::string::npos || mark == 0) continue;
    input.folder_columns.emplace_back(text.substr(0, mark),
                                      decode_percent(std::string_view(text).substr(mark + 1)));
  }
  return input;
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  fs::recursive_directory_iterator walk(folder, problem);
  for (; !problem && walk != fs::recursive_directory_iterator(); walk.increment(problem)) {
    std::error_code ignored;  // a link to nowhere is no market file
    if (walk->is_directory(ignored) && walk->path().filename().string().starts_with('.')) {
      walk.disable_recursion_pending();
    } else if (walk->is_regular_file(ignored) && is_market_file(walk->path())) {
      files.push_back(walk->path());
    }
  }
  if (problem) {
    throw Error(ErrorKind::kData, fmt::format("{}: the folder cannot be read ({}). Check its permissions.",
                                              printable(folder.string(), 300), problem.message()));
  }
  if (files.empty()) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: the folder holds no .csv, .txt, .tsv, .parquet or .jsonl file. Name the "
                            "files themselves, or another folder.",
                            printable(folder.string(), 300)));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> files_matching(const std::string& pattern) {
  std::vector<fs::path> files;
  ::glob_t found{};
  if (::glob(pattern.c_str(), GLOB_BRACE | GLOB_TILDE, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
  }
  ::globfree(&found);
  std::vector<fs::path> expanded;
  for (const fs::path& path : files) {
    if (!fs::is_directory(path)) {
      if (!path.string().ends_with(".meta.json")) expanded.push_back(path);
      continue;
    }
    const std::vector<fs::path> below = files_below(path);
    expanded.insert(expanded.end(), below.begin(), below.end());
  }
  return expanded;
}

[[noreturn]] void fail_missing(const std::string& input) {
  const fs::path path(input);
  std::vector<std::string> names;
  std::error_code ignored;
  const fs::path folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
  for (fs::directory_iterator walk(folder, ignored); !ignored && walk != fs::directory_iterator();
       walk.increment(ignored)) {
    names.push_back(walk->path().filename().string());
  }
  const std::optional<std::string> near = nearest_word(path.filename().string(), names);
  throw Error(ErrorKind::kData,
              fmt::format("{}: there is no such file{}", printable(input, 300),
                          near ? fmt::format("; did you mean '{}'?",
                                             printable((path.parent_path() / *near).string(), 300))
                               : std::string(". Check the spelling and the folder.")));
}

std::vector<fs::path> expand(const std::string& input) {
  std::error_code ignored;
  const fs::file_status status = fs::status(input, ignored);
  if (fs::is_directory(status)) return files_below(input);
  // A pipe or a device is taken here and refused in words when it is opened.
  if (fs::exists(status) || fs::is_symlink(fs::symlink_status(input, ignored))) return {fs::path(input)};
  if (input.find_first_of("*?[{~") == std::string::npos) fail_missing(input);
  std::vector<fs::path> files = files_matching(input);
  if (files.empty())
    throw Error(ErrorKind::kData,
                fmt::format("{}: no file matches. Check the pattern and the folder.", printable(input, 300)));
  return files;
}

}  // namespace

std::vector<InputPath> find_inputs(const std::vector<std::string>& inputs) {
  if (inputs.empty()) throw Error(ErrorKind::kUsage, "no input was named: give files, globs or folders");
  std::vector<InputPath> found;
  std::set<fs::path> seen;
  for (const std::string& input : inputs) {
    for (const fs::path& path : expand(input)) {
      if (seen.insert(path.lexically_normal()).second) found.push_back(with_folder_columns(path));
    }
  }
  return found;
}

}  // namespace regimetry::market
