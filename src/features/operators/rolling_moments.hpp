// Mean and spread of the last n values, exact for prices of a million that move by cents.
//
// Blocks as in rolling_sum.hpp. Values are taken relative to an anchor, the last value of the finished block:
// it lies in or next to every window that uses it, so squares stay of the size of the spread and nothing
// cancels. A window of equal values has a variance of exactly 0.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// {mean, population variance (divided by n)} of the last n values.
class RollingMoments {
 public:
  static constexpr const char* kName = "rolling_moments";

  explicit RollingMoments(int period)
      : period_(period),
        per_value_(1.0 / period),
        first_(static_cast<std::size_t>(period), kMissing),
        second_(static_cast<std::size_t>(period), kMissing) {}

  std::array<double, 2> update(double x) {
    if (is_missing(anchor_)) anchor_ = x;
    double* const first = first_.data();
    first[position_] = x;
    const double away = x - anchor_;
    prefix_first_ += away;
    prefix_second_ += away * away;
    if (++position_ == period_) finish_block(x);
    const double mean_away = (prefix_first_ + first[position_]) * per_value_;
    const double mean_square = (prefix_second_ + second_.data()[position_]) * per_value_;
    const double variance = mean_square - mean_away * mean_away;
    return {anchor_ + mean_away, variance < 0 ? 0.0 : variance};
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_, prefix_first_, prefix_second_, first_, second_);
  }

 private:
  void finish_block(double last) {
    anchor_ = last;
    double first = 0, second = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      const double away = first_[slot] - anchor_;
      first += away;
      second += away * away;
      first_[slot] = first;
      second_[slot] = second;
    }
    position_ = 0;
    prefix_first_ = prefix_second_ = 0;
  }

  int period_;
  double per_value_;
  int position_ = 0;
  double anchor_ = kMissing;
  double prefix_first_ = 0, prefix_second_ = 0;
  std::vector<double>
      first_;  // before position_: raw values of this block; from it on: suffix sums of the last block
  std::vector<double> second_;  // suffix sums of squares
};

}  // namespace regimetry::features
