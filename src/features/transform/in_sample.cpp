#include "features/transform/in_sample.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace regimetry::features {
namespace {

std::int64_t count_in_sample(const InputSegment& segment, const FittedRange& range) {
  const auto first_later = std::partition_point(
      segment.timestamps.begin(), segment.timestamps.end(),
      [&](TimestampNs stamp) { return segment.clock.last_moment(stamp) <= range.known; });
  return first_later - segment.timestamps.begin();
}

// The first stamp of a later row that comes after the stamps of all that are not.
std::optional<TimestampNs> next_clean_stamp(const InputTable& table, const InSample& found) {
  std::optional<TimestampNs> next;
  for (const InputSegment& segment : table.segments) {
    const auto stamps = segment.timestamps;
    const auto later =
        found.count == 0 ? stamps.begin() : std::upper_bound(stamps.begin(), stamps.end(), found.last);
    if (later != stamps.end()) next = std::min(next.value_or(*later), *later);
  }
  return next;
}

// A bare matrix says nothing of time, so advice to choose other stamps would be of no use.
[[noreturn]] void refuse_row_numbers(const InputTable& table, const InSample& found,
                                     const FittedRange& range) {
  throw Error(
      ErrorKind::kUsage,
      fmt::format(
          "{}: has no stamps beside it, so its rows are known by number alone, and {} of {} cannot be told "
          "from those that the transform was fitted on ({} rows): scaled by it, they may know their own "
          "future. Keep the stamps with the features (.parquet, or .npy with .names.json and "
          ".timestamps.npy beside it). Where the rows are later ones, or only described, pass --in-sample "
          "allow.",
          printable(table.source), found.count, table.row_count(), range.row_count));
}

}  // namespace

InSample find_in_sample(const InputTable& table, const FittedRange& range) {
  InSample found;
  for (const InputSegment& segment : table.segments) {
    const std::int64_t count = count_in_sample(segment, range);
    if (count == 0) continue;
    const TimestampNs first = segment.timestamps.front(),
                      last = segment.timestamps[static_cast<std::size_t>(count) - 1];
    if (found.count == 0) {
      found.symbol = segment.symbol;
      found.first = first;
      found.last = last;
    }
    found.first = std::min(found.first, first);
    found.last = std::max(found.last, last);
    found.count += count;
  }
  found.next_clean = next_clean_stamp(table, found);
  return found;
}

void refuse_in_sample(const InputTable& table, const InSample& found, const FittedRange& range) {
  if (table.origin.has_row_numbers) refuse_row_numbers(table, found, range);
  const std::string remedy =
      found.next_clean
          ? fmt::format("Keep later rows only with --from {}", format_timestamp(*found.next_clean))
          : std::string("The table has no later row; fit on earlier rows with --until");
  throw Error(
      ErrorKind::kUsage,
      fmt::format(
          "{}: {} of {} rows ({} to {}{}) lie inside or before the range that the transform was fitted "
          "on ({} to {}, where the last bar was over at {}): scaled by it, they would know their own future. "
          "{}, or pass --in-sample allow to transform them all the same, for description.",
          printable(table.source), found.count, table.row_count(), format_timestamp(found.first),
          format_timestamp(found.last),
          found.symbol.empty() ? std::string() : fmt::format(", first of {}", printable(found.symbol)),
          format_timestamp(range.first), format_timestamp(range.last), format_timestamp(range.known),
          remedy));
}

}  // namespace regimetry::features
