// Where windows may lie: the stretches of a feature table that hold no gap and no unusable row.
//
// Two things end a segment. A gap: neighbouring rows further apart in time than allowed, which neither a
// window nor a target may span. And, if windows with missing values are dropped, a row that holds one: no
// window may hold it, though a target, which reads prices, may reach past it.
//
// Missing: every value that is not a finite number.
// Warm-up: the rows before the first usable one, at which every feature that ever has a value has had one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/time.hpp"
#include "features/feature_table.hpp"
#include "windows/row_range.hpp"

namespace regimetry::windows {

enum class MissingRule {
  kDrop,  // no window holds a missing value
  kKeep,  // windows begin after the warm-up; missing values later than that stay in them
};

struct CleanSegment {
  RowRange rows;                 // windows lie inside
  std::int64_t stretch_end = 0;  // targets end before this row: here the table ends, or a gap begins
  friend bool operator==(const CleanSegment&, const CleanSegment&) = default;
};

struct CleanSegments {
  std::vector<CleanSegment> segments;  // in row order
  std::int64_t warm_up_rows = 0;       // rows before the first usable one
  std::int64_t missing_rows = 0;       // later rows with a missing value, which end a segment; 0 under kKeep
  std::int64_t gaps = 0;               // steps longer than allowed
};

// `max_step_ns`: the longest step between neighbouring rows that is no gap; absent: no step is one.
// Demands strictly increasing stamps.
[[nodiscard]] CleanSegments find_clean_segments(const features::FeatureTable& table, MissingRule rule,
                                                std::optional<std::int64_t> max_step_ns);

// The first row at which every feature has had a value, features that never have one left aside; the row
// count when no feature ever has one.
[[nodiscard]] std::int64_t first_usable_row(const features::FeatureTable& table);

// Indices of the features without a single value.
[[nodiscard]] std::vector<std::int64_t> features_without_values(const features::FeatureTable& table);

}  // namespace regimetry::windows
