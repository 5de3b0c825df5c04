// The linearly weighted moving average: the latest of n values counts n times, the oldest once.
//
// Blocks as in rolling_sum.hpp, values relative to an anchor as in rolling_moments.hpp. The weighted sum of a
// window is made of the suffix of the last block, whose weights start at 1 wherever the suffix starts (a
// suffix sum of suffix sums), and the prefix of this one, whose weights all grow by the length of that
// suffix.
#pragma once

#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// (1 * oldest + 2 * next + ... + n * latest) / (n * (n + 1) / 2).
class LinearWeightedAverage {
 public:
  static constexpr const char* kName = "linear_weighted_average";

  explicit LinearWeightedAverage(int period)
      : period_(period),
        per_weight_(2.0 / (static_cast<double>(period) * (period + 1.0))),
        slots_(static_cast<std::size_t>(period), kMissing) {}

  double update(double x) {
    if (is_missing(anchor_)) anchor_ = x;
    double* const slots = slots_.data();
    slots[position_] = x;
    const double away = x - anchor_;
    ++position_;
    prefix_sum_ += away;
    prefix_weighted_ += position_ * away;
    if (position_ == period_) finish_block(x);
    const double weighted = (period_ - position_) * prefix_sum_ + prefix_weighted_ + slots[position_];
    return anchor_ + weighted * per_weight_;
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_, prefix_sum_, prefix_weighted_, slots_);
  }

 private:
  void finish_block(double last) {
    anchor_ = last;
    double sum = 0, weighted = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      sum += slots_[slot] - anchor_;
      weighted += sum;
      slots_[slot] = weighted;
    }
    position_ = 0;
    prefix_sum_ = prefix_weighted_ = 0;
  }

  int period_;
  double per_weight_;
  int position_ = 0;
  double anchor_ = kMissing;
  double prefix_sum_ = 0, prefix_weighted_ = 0;  // of this block; the weights there are 1, 2, ...
  std::vector<double>
      slots_;  // before position_: values of this block; from it on: weighted suffix sums of the last block
};

}  // namespace regimetry::features
