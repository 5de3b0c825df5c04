// The values that make up a large share of a sequence, found without counting every distinct value.
//
// Why: the usual spacing of bars and their usual time of day are "the value a third (a twentieth) of the rows
// share". A hash table of ten million irregular steps costs seconds; Misra and Gries (1982) need a handful of
// counters.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace regimetry::market {

struct FrequentValue {
  std::int64_t value = 0, count = 0;  // the count is exact
};

// Every value held by more than 1 in (kCounters + 1) of `count` items, and perhaps some rarer ones; most
// frequent first, smaller value first among equals. `value_at(i)` gives item i, 0 <= i < count, and is called
// at most twice per item.
template <std::size_t kCounters, typename ValueAt>
[[nodiscard]] std::vector<FrequentValue> find_frequent_values(std::int64_t count, ValueAt value_at) {
  std::array<FrequentValue, kCounters> counters{};
  // Pass 1: a value of that share cannot be cancelled out of all counters, so it survives as a candidate.
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t value = value_at(i);
    FrequentValue* empty = nullptr;
    bool counted = false;
    for (FrequentValue& counter : counters) {
      if (counter.count > 0 && counter.value == value) {
        ++counter.count;
        counted = true;
        break;
      }
      if (counter.count == 0 && empty == nullptr) empty = &counter;
    }
    if (counted) continue;
    if (empty != nullptr) {
      *empty = {value, 1};
    } else {
      for (FrequentValue& counter : counters) --counter.count;
    }
  }
  std::vector<FrequentValue> candidates;
  for (const FrequentValue& counter : counters) {
    if (counter.count > 0) candidates.push_back({counter.value, 0});
  }
  // Pass 2: exact counts of the candidates.
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t value = value_at(i);
    for (FrequentValue& candidate : candidates) {
      if (candidate.value != value) continue;
      ++candidate.count;
      break;
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const FrequentValue& a, const FrequentValue& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return candidates;
}

}  // namespace regimetry::market
