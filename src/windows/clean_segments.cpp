#include "windows/clean_segments.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace regimetry::windows {
namespace {

using features::FeatureTable;

// Looks at all values of the row without a branch, which the compiler turns into wide instructions: this loop
// reads the whole table once.
bool holds_missing_value(const FeatureTable& table, std::int64_t row) {
  constexpr std::uint32_t kExponent = 0x7f800000U;  // all set: an infinity or NaN
  const float* values = table.values.data() + row * table.feature_count();
  std::uint32_t is_missing = 0;
  for (std::int64_t i = 0; i < table.feature_count(); ++i) {
    is_missing |=
        static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(values[i]) & kExponent) == kExponent);
  }
  return is_missing != 0;
}

// First row with a value of each feature; the row count where there is none.
std::vector<std::int64_t> first_rows_with_values(const FeatureTable& table) {
  const std::int64_t row_count = table.row_count();
  std::vector<std::int64_t> first(static_cast<std::size_t>(table.feature_count()), row_count);
  std::int64_t unseen = table.feature_count();
  for (std::int64_t row = 0; row < row_count && unseen > 0; ++row) {
    for (std::int64_t i = 0; i < table.feature_count(); ++i) {
      std::int64_t& first_row = first[static_cast<std::size_t>(i)];
      if (first_row < row_count || !std::isfinite(table.values(row, i))) continue;
      first_row = row;
      --unseen;
    }
  }
  return first;
}

// The parts of `stretch` without unusable rows.
void add_segments(const FeatureTable& table, MissingRule rule, const RowRange& stretch,
                  std::int64_t first_usable, CleanSegments& found) {
  const std::int64_t stretch_end = stretch.end;
  std::int64_t begin = std::max(stretch.begin, first_usable);
  if (rule == MissingRule::kDrop) {
    for (std::int64_t row = begin; row < stretch_end; ++row) {
      if (!holds_missing_value(table, row)) continue;
      if (begin < row) found.segments.push_back({{begin, row}, stretch_end});
      begin = row + 1;
      ++found.missing_rows;
    }
  }
  if (begin < stretch_end) found.segments.push_back({{begin, stretch_end}, stretch_end});
}

}  // namespace

std::int64_t first_usable_row(const FeatureTable& table) {
  const std::int64_t row_count = table.row_count();
  std::int64_t latest = -1;
  for (const std::int64_t row : first_rows_with_values(table)) {
    if (row < row_count) latest = std::max(latest, row);
  }
  return latest < 0 ? row_count : latest;
}

std::vector<std::int64_t> features_without_values(const FeatureTable& table) {
  const std::vector<std::int64_t> first = first_rows_with_values(table);
  std::vector<std::int64_t> without;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == table.row_count()) without.push_back(static_cast<std::int64_t>(i));
  }
  return without;
}

CleanSegments find_clean_segments(const FeatureTable& table, MissingRule rule,
                                  std::optional<std::int64_t> max_step_ns) {
  CleanSegments found;
  const std::int64_t row_count = table.row_count();
  const std::int64_t first_usable = first_usable_row(table);
  found.warm_up_rows = first_usable;
  std::int64_t stretch_begin = 0;
  for (std::int64_t row = 1; row <= row_count; ++row) {
    const auto i = static_cast<std::size_t>(row);
    const bool ends_here = row == row_count;
    // Unsigned, because two stamps may be further apart than a signed difference holds.
    const bool is_gap = !ends_here && max_step_ns &&
                        static_cast<std::uint64_t>(table.timestamps[i]) -
                                static_cast<std::uint64_t>(table.timestamps[i - 1]) >
                            static_cast<std::uint64_t>(*max_step_ns);
    if (!ends_here && !is_gap) continue;
    add_segments(table, rule, {stretch_begin, row}, first_usable, found);
    stretch_begin = row;
    found.gaps += is_gap ? 1 : 0;
  }
  return found;
}

}  // namespace regimetry::windows
