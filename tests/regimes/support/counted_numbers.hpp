// Numbers that a few lines of any language reproduce to the last bit, so that golden files need not hold
// their inputs: golden_clusters.py makes the same.
#pragma once

#include <cstdint>

namespace regimetry::regimes {

class CountedNumbers {
 public:
  explicit CountedNumbers(std::uint64_t seed) : state_(seed) {}
  // A multiple of 2^-24 in [0, 1).
  double uniform() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 40U) * 0x1p-24;
  }
  // Nearly standard normal; a multiple of 2^-24, so no sum of them is rounded.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t state_;
};

}  // namespace regimetry::regimes
