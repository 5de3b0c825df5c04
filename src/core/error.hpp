// The one exception type of regimetry, for errors that a person must read and act on.
//
// An error says what was wrong, where (file, line, column, row, stamp, key), what was expected and what to
// do. Its kind decides the exit code of the command line, so scripts can tell "fix your options" from "fix
// your data".
#pragma once

#include <stdexcept>
#include <string>

namespace regimetry {

enum class ErrorKind {
  kUsage,     // options, flags or configuration: exit code 2
  kData,      // the input data: exit code 3
  kInternal,  // anything else, such as a full disk or a failed allocation: exit code 1
};

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

// 2 for kUsage, 3 for kData, 1 for kInternal.
[[nodiscard]] constexpr int exit_code(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kData:
      return 3;
    case ErrorKind::kInternal:
      break;
  }
  return 1;
}

}  // namespace regimetry
