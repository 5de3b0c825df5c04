// The mean of the last n values, exact for prices of a million that move by cents: rolling_moments.hpp
// without the spread.
#pragma once

#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

class RollingMean {
 public:
  static constexpr const char* kName = "rolling_mean";

  explicit RollingMean(int period)
      : period_(period), per_value_(1.0 / period), slots_(static_cast<std::size_t>(period), kMissing) {}

  double update(double x) {
    if (is_missing(anchor_)) anchor_ = x;
    double* const slots = slots_.data();
    slots[position_] = x;
    prefix_ += x - anchor_;
    if (++position_ == period_) finish_block(x);
    return anchor_ + (prefix_ + slots[position_]) * per_value_;
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_, prefix_, slots_);
  }

 private:
  void finish_block(double last) {
    anchor_ = last;
    double sum = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      sum += slots_[slot] - anchor_;
      slots_[slot] = sum;
    }
    position_ = 0;
    prefix_ = 0;
  }

  int period_;
  double per_value_;
  int position_ = 0;
  double anchor_ = kMissing;
  double prefix_ = 0;
  std::vector<double>
      slots_;  // before position_: raw values of this block; from it on: suffix sums of the last block
};

}  // namespace regimetry::features
