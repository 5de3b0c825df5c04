#include "cli/format_warmup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"

namespace regimetry::cli {
namespace {

using features::FeatureWarmup;
using features::WarmupReport;
using features::WarmupVerdict;

std::string bars_words(const std::optional<std::int64_t>& bars) {
  return bars ? grouped_number(*bars) : "";
}

std::string difference_words(double difference) {
  if (difference == 0) return "0";
  return std::isfinite(difference) ? fmt::format("{:.1e}", difference) : "missing";
}

std::string feature_table(const WarmupReport& report) {
  std::vector<std::string> header{"feature", "verdict", "settled after", "exact after"};
  for (const std::int64_t start : report.starts) header.push_back(fmt::format("at {}", start));
  TextTable table(header);
  for (std::size_t k = 2; k < header.size(); ++k) table.align_right({k});
  for (const FeatureWarmup& feature : report.features) {
    std::vector<std::string> cells{feature.feature, std::string(warmup_verdict_words(feature.verdict)),
                                   bars_words(feature.settled_after), bars_words(feature.exact_after)};
    for (const double difference : feature.differences) cells.push_back(difference_words(difference));
    table.add(std::move(cells));
  }
  return table.text();
}

std::string verdict_words(const WarmupReport& report, const std::string& audited) {
  std::int64_t settling = 0, longest = 0;
  for (const FeatureWarmup& feature : report.features) {
    if (feature.verdict != WarmupVerdict::kSettles) continue;
    ++settling;
    longest = std::max(longest, feature.settled_after.value_or(0));
  }
  const auto total = static_cast<std::int64_t>(report.features.size());
  if (settling == 0) return fmt::format("Nothing settles of {}.\n", audited);
  if (settling == total) {
    return fmt::format("Everything settles of {}: {} bars of history are enough for all.\n", audited,
                       grouped_number(longest));
  }
  return fmt::format("{} of {} features settle, of {}: {} bars of history are enough for those.\n", settling,
                     total, audited, grouped_number(longest));
}

std::string advice_lines(const WarmupReport& report) {
  std::string text;
  for (const FeatureWarmup& feature : report.features) {
    if (!feature.advice.empty()) text += fmt::format("  {}: {}\n", feature.feature, feature.advice);
  }
  return text;
}

}  // namespace

std::string format_warmup(const WarmupReport& report, const std::string& audited) {
  std::string text = verdict_words(report, audited) + feature_table(report) + advice_lines(report);
  text += fmt::format(
      "Looked at {}, at {} end points; a value agrees within {:g} of its column's deviation, or by float32 "
      "rounding. Differences are in deviations.\n",
      report.sample, report.ends.size(), report.tolerance);
  if (!report.starts_skipped.empty())
    text += fmt::format("Longer than the history, so left out: {} bars\n",
                        fmt::join(report.starts_skipped, ", "));
  for (const std::string& refusal : report.skipped) text += fmt::format("Not computed at {}\n", refusal);
  return text;
}

}  // namespace regimetry::cli
