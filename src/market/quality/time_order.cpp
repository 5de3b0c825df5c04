#include "market/quality/time_order.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace regimetry::market {
namespace {

bool is_same_number(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

std::int64_t missing_extras(const Bars& bars, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  std::int64_t missing = 0;
  for (const Column& column : bars.extras) {
    if (!column.numbers.empty()) missing += std::isnan(column.numbers[i]) ? 1 : 0;
    if (!column.codes.empty()) missing += column.codes[i] == kMissingCode ? 1 : 0;
    if (!column.times.empty()) missing += column.times[i] == kMissingTime ? 1 : 0;
  }
  return missing;
}

// Counts without branches: ten million sorted stamps take a few milliseconds.
struct Steps {
  std::int64_t backward = 0, repeated = 0;
};
Steps count_steps(const std::vector<TimestampNs>& stamps) {
  Steps steps;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    steps.backward += static_cast<std::int64_t>(stamps[i] < stamps[i - 1]);
    steps.repeated += static_cast<std::int64_t>(stamps[i] == stamps[i - 1]);
  }
  return steps;
}

}  // namespace

TimeOrder find_time_order(const Bars& bars) {
  const std::vector<TimestampNs>& stamps = bars.timestamps;
  TimeOrder order;
  const Steps steps = count_steps(stamps);
  order.backward_steps = steps.backward;
  if (steps.backward == 0 && steps.repeated == 0) return order;
  order.is_strictly_increasing = false;
  if (steps.backward > 0) {
    order.sorted_rows.resize(stamps.size());
    std::iota(order.sorted_rows.begin(), order.sorted_rows.end(), std::int64_t{0});
    std::stable_sort(order.sorted_rows.begin(), order.sorted_rows.end(), [&](std::int64_t a, std::int64_t b) {
      return stamps[static_cast<std::size_t>(a)] < stamps[static_cast<std::size_t>(b)];
    });
  }
  const auto stamp_at = [&](std::int64_t position) {
    return stamps[static_cast<std::size_t>(order.row_at(position))];
  };
  for (std::int64_t begin = 0, end = 1; begin < bars.size(); begin = end++) {
    while (end < bars.size() && stamp_at(end) == stamp_at(begin)) ++end;
    if (end - begin > 1) order.repeats.push_back({begin, end});
  }
  return order;
}

bool is_same_bar(const Bars& bars, std::int64_t row, std::int64_t other) {
  const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(other);
  return is_same_number(bars.open[i], bars.open[j]) && is_same_number(bars.high[i], bars.high[j]) &&
         is_same_number(bars.low[i], bars.low[j]) && is_same_number(bars.close[i], bars.close[j]) &&
         is_same_number(bars.volume[i], bars.volume[j]);
}

std::int64_t row_to_keep(const Bars& bars, const std::vector<std::int64_t>& rows) {
  const bool is_conflict = std::any_of(
      rows.begin(), rows.end(), [&](std::int64_t row) { return !is_same_bar(bars, rows.front(), row); });
  if (is_conflict) return rows.back();
  return *std::min_element(rows.begin(), rows.end(), [&](std::int64_t a, std::int64_t b) {
    return missing_extras(bars, a) < missing_extras(bars, b);
  });
}

std::vector<std::int64_t> ordered_unique_rows(const Bars& bars, const TimeOrder& order) {
  std::vector<std::int64_t> kept;
  kept.reserve(bars.timestamps.size());
  std::int64_t position = 0;
  for (const StampGroup& group : order.repeats) {
    for (; position < group.begin; ++position) kept.push_back(order.row_at(position));
    std::vector<std::int64_t> rows;
    for (; position < group.end; ++position) rows.push_back(order.row_at(position));
    kept.push_back(row_to_keep(bars, rows));
  }
  for (; position < bars.size(); ++position) kept.push_back(order.row_at(position));
  return kept;
}

}  // namespace regimetry::market
