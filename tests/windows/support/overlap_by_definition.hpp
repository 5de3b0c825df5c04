// The overlap rules as one would write them down: sample by sample, row by row, without a thought for speed.
// Shares no code with what it checks beyond the rows of a sample.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "windows/fold.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

// A sample spelled out.
struct PlainSample {
  std::int64_t index = 0, instrument = 0;
  std::int64_t first_row = 0, last_row = 0, target_row = 0;  // last_row: of the window
  TimestampNs first = 0, decision = 0;                       // stamps of the first and the last row
  TimestampNs end = 0;  // when the bar of the target row is over; no longer part of it
};

// A bar is over after its timeframe, or when the next one begins. Stamps are begins.
inline TimestampNs bar_end(const features::FeatureTable& table, std::int64_t row) {
  const TimestampNs begin = table.timestamps.at(static_cast<std::size_t>(row));
  const TimestampNs end = begin + std::max<std::int64_t>(1, table.timeframe.nanoseconds);
  if (row + 1 == table.row_count()) return end;
  return std::min(end, table.timestamps.at(static_cast<std::size_t>(row + 1)));
}

inline std::vector<PlainSample> spell_out(const Windows& windows) {
  std::vector<PlainSample> samples;
  for (std::int64_t n = 0; n < windows.size(); ++n) {
    const Window window = windows.window(n);
    const features::FeatureTable& table = windows.tables()[static_cast<std::size_t>(window.instrument)];
    const auto& stamps = table.timestamps;
    const std::int64_t first = window.rows.begin;
    const std::int64_t last = first + windows.options().window_size - 1;
    const std::int64_t target = last + windows.options().horizon;
    samples.push_back({n, window.instrument, first, last, target, stamps.at(static_cast<std::size_t>(first)),
                       stamps.at(static_cast<std::size_t>(last)), bar_end(table, target)});
  }
  return samples;
}

inline bool share_a_row(const PlainSample& a, const PlainSample& b) {
  if (a.instrument != b.instrument) return false;
  for (std::int64_t row = a.first_row; row <= a.target_row; ++row) {
    if (b.first_row <= row && row <= b.target_row) return true;
  }
  return false;
}

inline std::vector<PlainSample> decided_in(const std::vector<PlainSample>& samples, const Period& period) {
  std::vector<PlainSample> found;
  for (const PlainSample& one : samples) {
    if (period.first <= one.decision && one.decision <= period.last) found.push_back(one);
  }
  return found;
}

// When the last bar is over that a block or a target of its samples reads.
inline TimestampNs end_of_block(const std::vector<PlainSample>& block, const Period& period) {
  TimestampNs end = period.last + 1;
  for (const PlainSample& one : block) end = std::max(end, one.end);
  return end;
}

// Whether learning from `sample` would leak what the block is judged by.
inline bool leaks_into(const PlainSample& sample, const std::vector<PlainSample>& block,
                       const Period& period) {
  if (sample.end > period.first && sample.first < end_of_block(block, period)) return true;
  return std::any_of(block.begin(), block.end(),
                     [&](const PlainSample& one) { return share_a_row(sample, one); });
}

}  // namespace regimetry::windows
