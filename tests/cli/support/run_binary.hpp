// The built `regimetry` (or a helper program) run as a user would: words in, stdout, stderr and exit code
// out.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace regimetry::cli {

struct BinaryRun {
  int exit_code = 0;  // 128 + the signal when a signal ended it
  std::string out, err;
};

struct BinaryOptions {
  std::vector<std::pair<std::string, std::string>> environment = {};  // beside the caller's, cleaned
  std::string folder = {};                                            // to start in; empty: the present one
  std::string stdout_to = {};  // a file such as /dev/full instead of a captured one
};

// Runs REGIMETRY_BINARY with `words`.
[[nodiscard]] BinaryRun run_binary(const std::vector<std::string>& words, const BinaryOptions& options = {});
// Runs `script` under bash; $regimetry_path is the binary.
[[nodiscard]] BinaryRun run_bash(const std::string& script);

// A fresh empty folder below the test's temporary one.
[[nodiscard]] std::string fresh_folder();
// Writes `text` to `folder`/`name` and returns that path.
std::string write_text(const std::string& folder, const std::string& name, const std::string& text);

}  // namespace regimetry::cli
