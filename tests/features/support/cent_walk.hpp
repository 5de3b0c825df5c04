// Prices that are hard on rolling statistics: around a million, moving by cents, for as long as one likes.
//
// Once in every cycle the price triples for three bars, then moves by single cents, then not at all: what a
// spike leaves behind in a running sum would be seen in the quiet stretch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "features/support/plain_series.hpp"

namespace regimetry::features::testing {

class CentWalk {
 public:
  static constexpr std::int64_t kCycle = 1'000'003, kSpike = 500'000, kSpikeEnd = kSpike + 3,
                                kSingleCentsEnd = 510'000, kFlatEnd = 515'000;

  [[nodiscard]] double next() {
    const std::int64_t phase = bar_++ % kCycle;
    if (phase >= kSpike && phase < kSpikeEnd) return 3e6;
    // A linear congruential generator; its high bits are random enough for a walk.
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    const auto draw = static_cast<std::int64_t>(state_ >> 40) % 21 - 10;
    if (phase >= kSpikeEnd && phase < kSingleCentsEnd) {
      cents_ += draw > 0 ? 1 : -1;
    } else if (phase < kSpike || phase >= kFlatEnd) {
      cents_ += draw - cents_ / 4096;  // drawn back to a million
    }
    return static_cast<double>(100'000'000 + cents_) / 100;
  }
  // Whether the bar that next() gave last is one to compare on: every so often, and often around a spike.
  [[nodiscard]] bool is_checkpoint() const {
    const std::int64_t phase = (bar_ - 1) % kCycle;
    return bar_ % 9973 == 0 || (phase > kSpike - 10 && phase < kFlatEnd + 2'000 && phase % 13 == 0);
  }

 private:
  std::int64_t bar_ = 0;
  std::int64_t cents_ = 0;
  std::uint64_t state_ = 20010101;
};

// The last n values that came, in no particular order.
class LastValues {
 public:
  explicit LastValues(std::size_t n) : values_(n) {}
  void add(double x) {
    values_[place_] = x;
    if (++place_ == values_.size()) place_ = 0;
  }
  [[nodiscard]] Plain get() const { return {values_.begin(), values_.end()}; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

 private:
  std::vector<double> values_;
  std::size_t place_ = 0;
};

// Feeds an operator over windows of n with `bar_count` prices and calls compare(result, last n prices) on
// checkpoints.
template <typename Operator, typename Compare>
void run_cent_walk(Operator op, std::int64_t bar_count, std::size_t n, Compare compare) {
  CentWalk walk;
  LastValues last(n);
  for (std::int64_t i = 0; i < bar_count; ++i) {
    const double x = walk.next();
    last.add(x);
    const auto result = op.update(x);
    if (i >= static_cast<std::int64_t>(n) && walk.is_checkpoint()) compare(result, last);
  }
}

}  // namespace regimetry::features::testing
