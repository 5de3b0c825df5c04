// The mean of the last n values, each counted by a weight of its own: prices by the volume traded at them.
//
// Blocks as in rolling_sum.hpp, values relative to an anchor as in rolling_moments.hpp, so that a price of a
// million that moves by cents keeps its cents.
#pragma once

#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// sum(weight * x) / sum(weight) with weights of at least 0; the plain mean of x where all weights are 0.
class RollingWeightedMean {
 public:
  static constexpr const char* kName = "rolling_weighted_mean";

  explicit RollingWeightedMean(int period)
      : period_(period),
        per_value_(1.0 / period),
        plain_(static_cast<std::size_t>(period), kMissing),
        weight_(static_cast<std::size_t>(period), kMissing),
        weighted_(static_cast<std::size_t>(period), kMissing) {}

  double update(double x, double weight) {
    if (is_missing(anchor_)) anchor_ = x;
    const double away = x - anchor_;
    plain_.data()[position_] = x;
    weight_.data()[position_] = weight;
    prefix_plain_ += away;
    prefix_weight_ += weight;
    prefix_weighted_ += weight * away;
    if (++position_ == period_) finish_block(x);
    const double plain = (prefix_plain_ + plain_.data()[position_]) * per_value_;
    const double weights = prefix_weight_ + weight_.data()[position_];
    const double weighted = prefix_weighted_ + weighted_.data()[position_];
    return anchor_ + (weights == 0 ? plain : weighted / weights);
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_, prefix_plain_, prefix_weight_, prefix_weighted_, plain_, weight_, weighted_);
  }

 private:
  void finish_block(double last) {
    anchor_ = last;
    double plain = 0, weights = 0, weighted = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      const double away = plain_[slot] - anchor_;
      plain += away;
      weights += weight_[slot];
      weighted += weight_[slot] * away;
      plain_[slot] = plain;
      weight_[slot] = weights;
      weighted_[slot] = weighted;
    }
    position_ = 0;
    prefix_plain_ = prefix_weight_ = prefix_weighted_ = 0;
  }

  int period_;
  double per_value_;
  int position_ = 0;
  double anchor_ = kMissing;
  double prefix_plain_ = 0, prefix_weight_ = 0, prefix_weighted_ = 0;
  // Before position_: values and weights of this block; from it on: suffix sums of the last block.
  std::vector<double> plain_, weight_;
  std::vector<double> weighted_;  // suffix sums of weight * (x - anchor)
};

}  // namespace regimetry::features
