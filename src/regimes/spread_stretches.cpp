#include "regimes/spread_stretches.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kFewestRows = 50;  // of a stretch: fewer show no stay

// Evenly spread over a single history, from its first row to its last.
std::vector<IndexRange> spread_over(const IndexRange& sequence, std::int64_t most_rows) {
  const std::int64_t stretch = std::min(SpreadStretches::kStretchRows, most_rows);
  const std::int64_t count = most_rows / stretch;
  std::vector<IndexRange> ranges;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t free = sequence.size() - stretch;
    const std::int64_t begin = sequence.begin + (count == 1 ? free : i * free / (count - 1));
    ranges.push_back({begin, begin + stretch});
  }
  return ranges;
}

// One from each of many histories, or from every n-th where there are too many, at different times of them.
std::vector<IndexRange> one_of_each(std::span<const IndexRange> sequences, std::int64_t most_rows) {
  const auto count = static_cast<std::int64_t>(sequences.size());
  const std::int64_t taken = std::min(count, std::max<std::int64_t>(1, most_rows / kFewestRows));
  const std::int64_t stretch = most_rows / taken;
  constexpr double kGoldenPart = 0.6180339887498949;  // of which multiples spread evenly over 0..1
  std::vector<IndexRange> ranges;
  for (std::int64_t i = 0; i < taken; ++i) {
    const IndexRange& sequence = sequences[static_cast<std::size_t>(i * count / taken)];
    const std::int64_t size = std::min(stretch, sequence.size());
    const double place = std::fmod(static_cast<double>(i) * kGoldenPart, 1.0);
    const auto begin =
        sequence.begin + static_cast<std::int64_t>(place * static_cast<double>(sequence.size() - size));
    ranges.push_back({begin, begin + size});
  }
  return ranges;
}

// The rows that are taken, ascending and apart from each other; none spans two sequences.
std::vector<IndexRange> chosen_ranges(const RegimeRows& rows, std::int64_t most_rows) {
  if (rows.values.rows() <= most_rows) return {rows.sequences.begin(), rows.sequences.end()};
  if (rows.sequences.size() == 1) return spread_over(rows.sequences.front(), most_rows);
  return one_of_each(rows.sequences, most_rows);
}

}  // namespace

SpreadStretches::SpreadStretches(const RegimeRows& rows, std::int64_t most_rows) {
  const std::vector<IndexRange> ranges = chosen_ranges(rows, most_rows);
  std::int64_t total = 0;
  for (const IndexRange& range : ranges) total += range.size();
  values_.resize(total, rows.values.cols());
  std::int64_t filled = 0;
  for (const IndexRange& range : ranges) {
    values_.middleRows(filled, range.size()) = rows.values.middleRows(range.begin, range.size());
    sequences_.push_back({filled, filled + range.size()});
    filled += range.size();
  }
}

}  // namespace regimetry::regimes
