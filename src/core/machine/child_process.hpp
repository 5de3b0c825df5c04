// A program run to its end, its output caught, with a time limit.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace regimetry {

struct ChildOptions {
  std::vector<std::string> command;  // the program's path and its arguments
  // Added to this process's environment, replacing variables of the same name.
  std::vector<std::pair<std::string, std::string>> environment;
  std::chrono::milliseconds time_limit{10'000};  // after it the child is killed
  std::size_t max_output_bytes = std::size_t{1} << 20;
};

struct ChildResult {
  bool timed_out = false;
  int exit_code = 0;   // 128 + the signal when a signal ended it, 127 when it could not be started
  std::string output;  // its stdout
};

// The child's stderr is dropped and its stdin is empty; it starts with default signals.
[[nodiscard]] ChildResult run_child(const ChildOptions& options);

}  // namespace regimetry
