#include "regimes/structure/shared_calendar.hpp"

#include <algorithm>
#include <utility>

namespace regimetry::regimes {
namespace {

// A stamp, and how many rows of the same sequence had it before.
using Moment = std::pair<TimestampNs, std::int64_t>;

std::vector<Moment> moments_of(std::span<const TimestampNs> timestamps,
                               std::span<const IndexRange> sequences) {
  std::vector<Moment> moments;
  moments.reserve(timestamps.size());
  for (const IndexRange& sequence : sequences) {
    for (std::int64_t row = sequence.begin; row < sequence.end; ++row) {
      const TimestampNs stamp = timestamps[static_cast<std::size_t>(row)];
      const bool repeats = row > sequence.begin && moments.back().first == stamp;
      moments.emplace_back(stamp, repeats ? moments.back().second + 1 : 0);
    }
  }
  return moments;
}

SharedCalendar count_rows(std::span<const IndexRange> sequences) {
  SharedCalendar calendar;
  for (const IndexRange& sequence : sequences) {
    for (std::int64_t place = 0; place < sequence.size(); ++place) calendar.places.push_back(place);
    calendar.size = std::max(calendar.size, sequence.size());
  }
  return calendar;
}

}  // namespace

SharedCalendar share_calendar(std::span<const TimestampNs> timestamps,
                              std::span<const IndexRange> sequences) {
  if (timestamps.empty() || sequences.size() <= 1) return count_rows(sequences);
  const std::vector<Moment> moments = moments_of(timestamps, sequences);
  std::vector<Moment> all = moments;
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  SharedCalendar calendar;
  calendar.size = std::ssize(all);
  calendar.places.reserve(moments.size());
  for (const Moment& moment : moments)
    calendar.places.push_back(std::lower_bound(all.begin(), all.end(), moment) - all.begin());
  return calendar;
}

}  // namespace regimetry::regimes
