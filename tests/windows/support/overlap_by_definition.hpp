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
  TimestampNs begin = 0;  // when the bar of the first row begins: its stamp, unless stamps are ends
  TimestampNs end = 0;    // when the bar of the target row is over; no longer part of it
};

// A bar begins a timeframe before its end, or when the one before is over.
inline TimestampNs bar_begin(const features::FeatureTable& table, std::int64_t row,
                             market::StampMeaning meaning) {
  const TimestampNs stamp = table.timestamps.at(static_cast<std::size_t>(row));
  if (meaning == market::StampMeaning::kBarStart) return stamp;
  const TimestampNs begin = stamp + 1 - std::max<std::int64_t>(1, table.timeframe.nanoseconds);
  if (row == 0) return begin;
  return std::max(begin, table.timestamps.at(static_cast<std::size_t>(row - 1)) + 1);
}

// A bar is over after its timeframe, or when the next one begins; right after its stamp where stamps are
// ends.
inline TimestampNs bar_end(const features::FeatureTable& table, std::int64_t row,
                           market::StampMeaning meaning) {
  if (meaning == market::StampMeaning::kBarEnd) return table.timestamps.at(static_cast<std::size_t>(row)) + 1;
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
    const market::StampMeaning meaning = windows.options().stamp_meaning;
    samples.push_back({n, window.instrument, first, last, target, stamps.at(static_cast<std::size_t>(first)),
                       stamps.at(static_cast<std::size_t>(last)), bar_begin(table, first, meaning),
                       bar_end(table, target, meaning)});
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
  if (sample.end > period.first && sample.begin < end_of_block(block, period)) return true;
  return std::any_of(block.begin(), block.end(),
                     [&](const PlainSample& one) { return share_a_row(sample, one); });
}

// Whether fewer than `extra` rows of its instrument lie free between the sample and the block: rows that the
// block's samples read, or that lie in its time, belong to the block.
inline bool stands_too_near(const Windows& windows, const PlainSample& sample,
                            const std::vector<PlainSample>& block, const Period& period, std::int64_t extra) {
  const features::FeatureTable& table = windows.tables()[static_cast<std::size_t>(sample.instrument)];
  const market::StampMeaning meaning = windows.options().stamp_meaning;
  const TimestampNs end = end_of_block(block, period);
  std::int64_t first_row = 0, end_row = 0;
  while (first_row < table.row_count() && bar_end(table, first_row, meaning) <= period.first) ++first_row;
  while (end_row < table.row_count() && bar_begin(table, end_row, meaning) < end) ++end_row;
  for (const PlainSample& one : block) {
    if (one.instrument == sample.instrument) first_row = std::min(first_row, one.first_row);
  }
  return sample.target_row + extra >= first_row && sample.first_row - extra < end_row;
}

}  // namespace regimetry::windows
