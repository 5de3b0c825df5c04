// What a fold holds, in numbers for people and machines: dates, counts, what was left out, whether it is
// clean.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "windows/fold.hpp"
#include "windows/fold_overlap.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

struct PartSummary {
  std::int64_t samples = 0;
  std::optional<Period> decided;  // first and last stamp at which one of them ends; absent without samples
};

struct FoldSummary {
  PartSummary train, validation, test;
  std::vector<Period> test_periods;
  std::int64_t purged = 0, embargoed = 0;
  std::vector<FoldOverlap> overlaps;  // found by find_overlaps(); empty for a clean fold
};

[[nodiscard]] FoldSummary describe_fold(const Windows& windows, const Fold& fold);

// {"train": {"samples", "first", "last", "ranges": [[begin, end], ...]}, "validation", "test": the same,
// "test_periods": [{"first", "last"}], "purged", "embargoed", "overlaps": count}; stamps as ISO 8601 or null,
// ranges as indices of windows, the end not included.
[[nodiscard]] nlohmann::json to_json(const Fold& fold, const FoldSummary& summary);

// {"count", "window_size", "stride", "horizon", "rows", "warm_up_rows", "missing_rows", "gaps",
// "instruments", "instruments_without_windows"}
[[nodiscard]] nlohmann::json describe_windows(const Windows& windows);

}  // namespace regimetry::windows
