// The check that every module makes of its options before it builds anything.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace regimetry::nn {

// Throws Error (kUsage) with every problem of the options of `what`, or returns them.
template <class Options>
[[nodiscard]] const Options& require_usable(const Options& options, std::string_view what) {
  if (const std::vector<std::string> problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("the options of the {} cannot be used: {}", what, fmt::join(problems, "; ")));
  }
  return options;
}

// The problems of options, collected in words for the user.
class ProblemList {
 public:
  void demand_positive(std::string_view key, std::int64_t value) {
    if (value < 1) add(fmt::format("{} is {}; it must be at least 1", key, value));
  }
  // Of the share of values that dropout sets to zero.
  void demand_share(std::string_view key, double value) {
    if (!(value >= 0.0 && value < 1.0))
      add(fmt::format("{} is {}; it must be at least 0 and below 1", key, value));
  }
  void add(std::string problem) { problems_.push_back(std::move(problem)); }
  [[nodiscard]] std::vector<std::string> take() { return std::move(problems_); }

 private:
  std::vector<std::string> problems_;
};

}  // namespace regimetry::nn
