// The straight line of least squares through the last n points of a path, from the path's changes.
//
// Why changes: the logarithm of a price of a million has no digits left for a move of a cent; the log change
// has all of them. Heights are summed up from the changes, and counted from the end of the last block (blocks
// as in rolling_sum.hpp), so they stay of the size of what the path moves within a window or two.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// update(present, change): `present` is missing where the path has no point; `change` is the height since the
// point before, missing where that point is.
// Gives {slope per bar, sum of squares of the heights about their mean, height of the last point above the
// line}.
class RollingRegression {
 public:
  static constexpr const char* kName = "rolling_regression";

  // period >= 2 points.
  explicit RollingRegression(int period)
      : period_(period),
        per_point_(1.0 / period),
        middle_((period + 1) * 0.5),
        per_time_square_(1.0 / sum_of_time_squares(period)),
        sums_(static_cast<std::size_t>(period), kMissing),
        weighted_(static_cast<std::size_t>(period), kMissing),
        squares_(static_cast<std::size_t>(period), kMissing) {}

  // Of the bar numbers about their mean.
  static double sum_of_time_squares(double period) { return period * (period * period - 1) / 12; }

  std::array<double, 3> update(double present, double change) {
    // Without a point before this one a new path begins. No window mixes the two: the missing point lies
    // between.
    const double height = last_ + change;
    const double on_path = is_missing(height) ? 0.0 : height;
    last_ = is_missing(present) ? kMissing : on_path;
    sums_.data()[position_] = last_;
    ++position_;
    prefix_sum_ += last_;
    prefix_weighted_ += position_ * last_;
    prefix_square_ += last_ * last_;
    if (position_ == period_) finish_block();

    const double sum = prefix_sum_ + sums_.data()[position_];
    const double square = prefix_square_ + squares_.data()[position_];
    const double weighted =  // 1 * oldest + ... + n * latest
        (period_ - position_) * prefix_sum_ + prefix_weighted_ + weighted_.data()[position_];
    const double mean = sum * per_point_;
    const double slope = (weighted - middle_ * sum) * per_time_square_;
    const double spread = square - sum * mean;
    const double residual = last_ - mean - slope * (period_ - middle_);
    return {slope, spread < 0 ? 0.0 : spread, residual};
  }

  // One change fewer than points.
  [[nodiscard]] int warmup() const { return period_ - 2; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, last_, prefix_sum_, prefix_weighted_, prefix_square_, sums_, weighted_, squares_);
  }

 private:
  void finish_block() {
    double sum = 0, weighted = 0, square = 0;
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      const double height = sums_[slot] - last_;
      sum += height;
      weighted += sum;
      square += height * height;
      sums_[slot] = sum;
      weighted_[slot] = weighted;
      squares_[slot] = square;
    }
    position_ = 0;
    last_ -= last_;  // 0, or still missing
    prefix_sum_ = prefix_weighted_ = prefix_square_ = 0;
  }

  int period_;
  double per_point_, middle_, per_time_square_;
  int position_ = 0;
  double last_ = kMissing;  // height of the last point above the last point of the last block
  double prefix_sum_ = 0, prefix_weighted_ = 0, prefix_square_ = 0;
  std::vector<double>
      sums_;  // before position_: heights of this block; from it on: suffix sums of the last block
  std::vector<double> weighted_, squares_;  // suffix sums
};

}  // namespace regimetry::features
