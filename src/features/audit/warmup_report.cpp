#include "features/audit/warmup_report.hpp"

#include <algorithm>
#include <cmath>

namespace regimetry::features {
namespace {

using nlohmann::json;

json bars_or_null(const std::optional<std::int64_t>& bars) {
  return bars ? json(*bars) : json(nullptr);
}

json to_json(const FeatureWarmup& feature) {
  json differences = json::array();
  for (const double difference : feature.differences)
    differences.push_back(std::isfinite(difference) ? json(difference) : json(nullptr));
  return {{"feature", feature.feature},
          {"verdict", warmup_verdict_key(feature.verdict)},
          {"settled_after", bars_or_null(feature.settled_after)},
          {"exact_after", bars_or_null(feature.exact_after)},
          {"differences", std::move(differences)},
          {"worst_symbol", feature.worst_symbol},
          {"advice", feature.advice}};
}

}  // namespace

std::string_view warmup_verdict_words(WarmupVerdict verdict) noexcept {
  switch (verdict) {
    case WarmupVerdict::kSettles:
      return "settles";
    case WarmupVerdict::kSlow:
      return "slow";
    case WarmupVerdict::kNeverSettles:
      return "never settles";
    case WarmupVerdict::kNeverThere:
      break;
  }
  return "never there";
}

std::string_view warmup_verdict_key(WarmupVerdict verdict) noexcept {
  switch (verdict) {
    case WarmupVerdict::kSettles:
      return "settles";
    case WarmupVerdict::kSlow:
      return "slow";
    case WarmupVerdict::kNeverSettles:
      return "never_settles";
    case WarmupVerdict::kNeverThere:
      break;
  }
  return "never_there";
}

bool WarmupReport::all_settle() const noexcept {
  return std::all_of(features.begin(), features.end(),
                     [](const FeatureWarmup& feature) { return feature.verdict == WarmupVerdict::kSettles; });
}

json to_json(const WarmupReport& report) {
  json ends = json::array(), features = json::array();
  for (const TimestampNs end : report.ends) ends.push_back(format_timestamp(end));
  for (const FeatureWarmup& feature : report.features) features.push_back(to_json(feature));
  return {{"all_settle", report.all_settle()},
          {"sample", report.sample},
          {"instruments", report.instrument_count},
          {"bars", report.bar_count},
          {"starts", report.starts},
          {"starts_skipped", report.starts_skipped},
          {"ends", std::move(ends)},
          {"tolerance", report.tolerance},
          {"skipped", report.skipped},
          {"features", std::move(features)}};
}

}  // namespace regimetry::features
