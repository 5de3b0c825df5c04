// The sum of the last n values, exact to a few roundings after any number of bars.
//
// A running sum that adds the new value and takes off the old one drifts, and one missing value poisons it
// for ever. Here time is cut into blocks of n values. The window is always the end of the last block and the
// beginning of this one, so its sum is a suffix sum of the one plus a prefix sum of the other: two additions
// per bar, nothing is ever taken off.
#pragma once

#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

class RollingSum {
 public:
  static constexpr const char* kName = "rolling_sum";

  explicit RollingSum(int period) : period_(period), slots_(static_cast<std::size_t>(period), kMissing) {}

  // Missing until n values have come, and while a missing one is among the last n.
  double update(double x) {
    double* const slots = slots_.data();
    slots[position_] = x;
    prefix_ += x;
    if (++position_ == period_) finish_block();
    return prefix_ + slots[position_];
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, prefix_, slots_);
  }

 private:
  void finish_block() {
    double sum = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      sum += slots_[static_cast<std::size_t>(i)];
      slots_[static_cast<std::size_t>(i)] = sum;
    }
    position_ = 0;
    prefix_ = 0;
  }

  int period_;
  int position_ = 0;   // values in this block
  double prefix_ = 0;  // their sum
  std::vector<double>
      slots_;  // before position_: values of this block; from it on: suffix sums of the last block
};

}  // namespace regimetry::features
