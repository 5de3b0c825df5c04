// The mean of the last n values, plain and each counted by a weight of its own: prices by the volume traded
// at them.
//
// Blocks as in rolling_sum.hpp and an anchor as in rolling_moments.hpp: the distance of two means of a
// million that differ by a hundredth keeps its digits.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// update(value, weight >= 0) -> {plain mean, weighted mean - plain mean}; the second is 0 when all weights
// are 0.
class RollingWeightedMean {
 public:
  static constexpr const char* kName = "rolling_weighted_mean";

  explicit RollingWeightedMean(int period)
      : period_(period),
        per_value_(1.0 / period),
        values_(static_cast<std::size_t>(period), kMissing),
        weights_(values_),
        products_(values_) {}

  std::array<double, 2> update(double x, double weight) {
    if (is_missing(anchor_)) anchor_ = x;
    values_.data()[position_] = x;
    weights_.data()[position_] = weight;
    const double away = x - anchor_;
    prefix_value_ += away;
    prefix_weight_ += weight;
    prefix_product_ += away * weight;
    if (++position_ == period_) finish_block(x);
    const double mean_away = (prefix_value_ + values_.data()[position_]) * per_value_;
    const double weight_sum = prefix_weight_ + weights_.data()[position_];
    const double product_sum = prefix_product_ + products_.data()[position_];
    const double weighted_away = product_sum / (weight_sum == 0 ? 1.0 : weight_sum);
    return {anchor_ + mean_away, weight_sum == 0 ? 0.0 * mean_away : weighted_away - mean_away};
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_, prefix_value_, prefix_weight_, prefix_product_, values_, weights_, products_);
  }

 private:
  void finish_block(double last) {
    anchor_ = last;
    double value = 0, weight = 0, product = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      const double away = values_[slot] - anchor_;
      value += away;
      weight += weights_[slot];
      product += away * weights_[slot];
      values_[slot] = value;
      weights_[slot] = weight;
      products_[slot] = product;
    }
    position_ = 0;
    prefix_value_ = prefix_weight_ = prefix_product_ = 0;
  }

  int period_;
  double per_value_;
  int position_ = 0;
  double anchor_ = kMissing;
  double prefix_value_ = 0, prefix_weight_ = 0, prefix_product_ = 0;
  // Before position_: values and weights of this block; from it on: suffix sums of the last block.
  std::vector<double> values_, weights_;
  std::vector<double> products_;  // suffix sums of weight * (value - anchor)
};

}  // namespace regimetry::features
