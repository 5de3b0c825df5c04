#include "windows/bar_span.hpp"

#include <algorithm>
#include <cstddef>

namespace regimetry::windows {

BarSpans::BarSpans(const features::FeatureTable& table, market::StampMeaning meaning)
    : stamps_(table.timestamps), clock_(table.timeframe, meaning) {}

TimestampNs BarSpans::first_moment(std::int64_t row) const noexcept {
  const auto i = static_cast<std::size_t>(row);
  const TimestampNs begin = clock_.first_moment(stamps_[i]);
  return row > 0 && begin < stamps_[i] ? std::max(begin, stamps_[i - 1] + 1) : begin;
}

TimestampNs BarSpans::last_moment(std::int64_t row) const noexcept {
  const auto i = static_cast<std::size_t>(row);
  const TimestampNs end = clock_.last_moment(stamps_[i]);
  return i + 1 < stamps_.size() && end > stamps_[i] ? std::min(end, stamps_[i + 1] - 1) : end;
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
