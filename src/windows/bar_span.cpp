#include "windows/bar_span.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace regimetry::windows {
namespace {

using market::StampMeaning;

TimestampNs later_by(TimestampNs stamp, std::int64_t length) {
  constexpr TimestampNs kLatest = std::numeric_limits<TimestampNs>::max();
  return stamp > kLatest - length ? kLatest : stamp + length;
}

TimestampNs earlier_by(TimestampNs stamp, std::int64_t length) {
  constexpr TimestampNs kEarliest = std::numeric_limits<TimestampNs>::min();
  return stamp < kEarliest + length ? kEarliest : stamp - length;
}

}  // namespace

BarSpans::BarSpans(const features::FeatureTable& table, StampMeaning meaning)
    : stamps_(table.timestamps),
      length_ns_(table.timeframe.months > 0 ? table.timeframe.months * kLongestMonthNs
                                            : table.timeframe.nanoseconds),
      meaning_(meaning) {}

TimestampNs BarSpans::first_moment(std::int64_t row) const noexcept {
  const auto i = static_cast<std::size_t>(row);
  if (meaning_ == StampMeaning::kBarStart || length_ns_ == 0) return stamps_[i];
  const TimestampNs begin = earlier_by(stamps_[i], length_ns_ - 1);
  return row > 0 ? std::max(begin, stamps_[i - 1] + 1) : begin;
}

TimestampNs BarSpans::last_moment(std::int64_t row) const noexcept {
  const auto i = static_cast<std::size_t>(row);
  if (meaning_ == StampMeaning::kBarEnd || length_ns_ == 0) return stamps_[i];
  const TimestampNs end = later_by(stamps_[i], length_ns_ - 1);
  return i + 1 < stamps_.size() ? std::min(end, stamps_[i + 1] - 1) : end;
}

// Spans do not overlap, so the row sought is the one found by its stamp or its neighbour.
std::int64_t BarSpans::first_row_lasting_to(TimestampNs moment) const noexcept {
  const std::int64_t row = std::lower_bound(stamps_.begin(), stamps_.end(), moment) - stamps_.begin();
  return row > 0 && last_moment(row - 1) >= moment ? row - 1 : row;
}

std::int64_t BarSpans::first_row_begun_after(TimestampNs moment) const noexcept {
  const std::int64_t row = std::upper_bound(stamps_.begin(), stamps_.end(), moment) - stamps_.begin();
  const auto count = static_cast<std::int64_t>(stamps_.size());
  return row < count && first_moment(row) <= moment ? row + 1 : row;
}

}  // namespace regimetry::windows
