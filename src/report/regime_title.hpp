// A short name of a regime, made from what prices did while it lasted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace regimetry::report {

// What bars of a regime did. Absent: unknown, as without prices.
struct RegimeBehaviour {
  std::int64_t bars = 0;
  std::optional<double> mean, deviation;  // of the log return per bar
  std::optional<double> usual_deviation;  // of a bar's regime, on average over all bars
};

// "calm", "stormy, falling": how far prices moved against the usual, and which way where the mean is more
// than two standard errors from none. "regime 3" where nothing is known. It describes; it promises nothing.
[[nodiscard]] std::string regime_title(std::int32_t id, const RegimeBehaviour& behaviour);

}  // namespace regimetry::report
