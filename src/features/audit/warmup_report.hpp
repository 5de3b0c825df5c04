// What the audit of warm-up found: how much history each feature needs until its start stops mattering.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace regimetry::features {

enum class WarmupVerdict {
  kSettles,       // agrees from some start on
  kSlow,          // comes nearer with every start, but does not agree at the longest
  kNeverSettles,  // the start still matters at the longest history: a running total, an expanding mean
  kNeverThere,    // missing at every end point, also with the whole history
};
[[nodiscard]] std::string_view warmup_verdict_words(WarmupVerdict verdict) noexcept;
[[nodiscard]] std::string_view warmup_verdict_key(WarmupVerdict verdict) noexcept;

// Of one feature, the worst over all instruments and end points.
struct FeatureWarmup {
  std::string feature;
  WarmupVerdict verdict = WarmupVerdict::kSettles;
  // Fewest bars before the end point from which on the value agrees with that of the whole history: within
  // the tolerance, and bit for bit. Nothing when it does not at the longest history tried.
  std::optional<std::int64_t> settled_after, exact_after;
  // At each of the report's starts: furthest from the value of the whole history, in deviations of the
  // column; infinite where the short history gives no value or one only the short history gives.
  std::vector<double> differences;
  std::string worst_symbol;  // where it lies furthest at the longest start
  std::string advice;        // empty when it settles
};

struct WarmupReport {
  std::string sample;  // what was looked at, in words
  std::int64_t instrument_count = 0, bar_count = 0;
  std::vector<std::int64_t> starts;          // bars of history before the end point that the data allows
  std::vector<std::int64_t> starts_skipped;  // wanted, but longer than the history
  std::vector<TimestampNs> ends;             // the end points
  double tolerance = 0;                      // in deviations of each column
  std::vector<FeatureWarmup> features;       // those that never settle first, then by settled_after
  std::vector<std::string> skipped;          // starts at which the computation refused, with its words

  [[nodiscard]] bool all_settle() const noexcept;
};

[[nodiscard]] nlohmann::json to_json(const WarmupReport& report);

}  // namespace regimetry::features
