// The parameters that most indicators share, said in the same words everywhere.
#pragma once

#include <string>
#include <utility>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

inline constexpr double kLongestPeriod = 100'000;

// A window or smoothing length in bars.
[[nodiscard]] inline FeatureParameter period(double default_value, double minimum = 1,
                                             std::string name = "period", std::string meaning = "bars") {
  return {std::move(name), default_value, minimum, kLongestPeriod, true, std::move(meaning)};
}

// For entries whose first period must be the shorter one.
[[nodiscard]] inline std::string require_fast_below_slow(const FeatureArguments& arguments) {
  return arguments.values[0] < arguments.values[1] ? "" : "the fast period must be below the slow one";
}

}  // namespace regimetry::features
