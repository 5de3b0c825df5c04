// Skewness and kurtosis of the last n values.
//
// Blocks and an anchor inside the window as in rolling_moments.hpp, here for the first four powers. The
// anchor lies within sqrt(n) deviations of the mean, so what cancels between the powers costs a few digits at
// most.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// {g1 = m3 / m2^1.5, g2 = m4 / m2^2 - 3} with the central moments m of the last n values, divided by n. Both
// 0 when all are equal.
class RollingShape {
 public:
  static constexpr const char* kName = "rolling_shape";

  explicit RollingShape(int period)
      : period_(period),
        per_value_(1.0 / period),
        slots_(static_cast<std::size_t>(period), Powers{kMissing, kMissing, kMissing, kMissing}) {}

  std::array<double, 2> update(double x) {
    if (is_missing(anchor_)) anchor_ = x;
    Powers* const slots = slots_.data();
    slots[position_][0] = x;
    add(prefix_, x - anchor_);
    if (++position_ == period_) finish_block(x);
    const Powers& suffix = slots[position_];
    return shape((prefix_[0] + suffix[0]) * per_value_, (prefix_[1] + suffix[1]) * per_value_,
                 (prefix_[2] + suffix[2]) * per_value_, (prefix_[3] + suffix[3]) * per_value_);
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_, prefix_, slots_);
  }

 private:
  using Powers = std::array<double, 4>;  // sums of the first, second, third and fourth powers

  static void add(Powers& sums, double away) {
    const double square = away * away;
    sums[0] += away;
    sums[1] += square;
    sums[2] += square * away;
    sums[3] += square * square;
  }
  // From the means of the four powers.
  static std::array<double, 2> shape(double mean, double second, double third, double fourth) {
    const double mean_square = mean * mean;
    const double m2 = second - mean_square;
    const double m3 = third - mean * (3 * second - 2 * mean_square);
    const double m4 = fourth - mean * (4 * third - mean * (6 * second - 3 * mean_square));
    const bool is_flat = m2 <= 0;  // false when missing, which then travels on
    return {is_flat ? 0.0 : m3 / (m2 * std::sqrt(m2)), is_flat ? 0.0 : m4 / (m2 * m2) - 3};
  }
  void finish_block(double last) {
    anchor_ = last;
    Powers sums{};
    for (int i = period_ - 1; i >= 0; --i) {
      Powers& slot = slots_[static_cast<std::size_t>(i)];
      add(sums, slot[0] - anchor_);
      slot = sums;
    }
    position_ = 0;
    prefix_ = Powers{};
  }

  int period_;
  double per_value_;
  int position_ = 0;
  double anchor_ = kMissing;
  Powers prefix_{};
  // Before position_: values of this block, in [0]; from it on: suffix sums of the last block.
  std::vector<Powers> slots_;
};

}  // namespace regimetry::features
