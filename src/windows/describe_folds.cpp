#include "windows/describe_folds.hpp"

#include <algorithm>
#include <cstddef>

#include "core/time.hpp"

namespace regimetry::windows {
namespace {

void extend(std::optional<Period>& period, TimestampNs first, TimestampNs last) {
  if (!period) {
    period = Period{first, last};
    return;
  }
  period->first = std::min(period->first, first);
  period->last = std::max(period->last, last);
}

// Stamps grow with the index within an instrument, so its first and last sample of a range say it all.
PartSummary describe_part(const Windows& windows, const SampleRanges& samples) {
  PartSummary part{samples.size(), std::nullopt};
  for (const IndexRange& range : samples.ranges()) {
    for (std::int64_t n = range.begin; n < range.end;) {
      const Window first = windows.window(n);
      const std::int64_t end = std::min(range.end, windows.windows_of(first.instrument).end);
      extend(part.decided, first.stamp, windows.window(end - 1).stamp);
      n = end;
    }
  }
  return part;
}

nlohmann::json part_json(const SampleRanges& samples, const PartSummary& part) {
  nlohmann::json ranges = nlohmann::json::array();
  for (const IndexRange& range : samples.ranges()) ranges.push_back({range.begin, range.end});
  nlohmann::json json{{"samples", part.samples}, {"first", nullptr}, {"last", nullptr}, {"ranges", ranges}};
  if (part.decided) {
    json["first"] = format_timestamp(part.decided->first);
    json["last"] = format_timestamp(part.decided->last);
  }
  return json;
}

}  // namespace

FoldSummary describe_fold(const Windows& windows, const Fold& fold) {
  return {describe_part(windows, fold.train),
          describe_part(windows, fold.validation),
          describe_part(windows, fold.test),
          fold.test_periods,
          fold.purged,
          fold.embargoed,
          find_overlaps(windows, fold)};
}

nlohmann::json to_json(const Fold& fold, const FoldSummary& summary) {
  nlohmann::json periods = nlohmann::json::array();
  for (const Period& period : summary.test_periods) {
    periods.push_back({{"first", format_timestamp(period.first)}, {"last", format_timestamp(period.last)}});
  }
  return {{"train", part_json(fold.train, summary.train)},
          {"validation", part_json(fold.validation, summary.validation)},
          {"test", part_json(fold.test, summary.test)},
          {"test_periods", periods},
          {"purged", summary.purged},
          {"embargoed", summary.embargoed},
          {"overlaps", summary.overlaps.size()}};
}

nlohmann::json describe_windows(const Windows& windows) {
  const WindowCensus& census = windows.census();
  return {{"count", windows.size()},
          {"window_size", windows.window_size()},
          {"stride", windows.options().stride},
          {"horizon", windows.horizon()},
          {"rows", census.rows},
          {"warm_up_rows", census.warm_up_rows},
          {"missing_rows", census.missing_rows},
          {"gaps", census.gaps},
          {"instruments", windows.tables().size()},
          {"instruments_without_windows", census.instruments_without_windows}};
}

}  // namespace regimetry::windows
