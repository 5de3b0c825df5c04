// How far the last n values lie from a given middle, on average and without sign.
//
// The middle moves with every bar and the absolute value lets nothing be carried over, so each bar looks at
// the whole window: n / 8 steps of eight lanes, summed in an order that no compiler may change.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// mean(|x - middle|) over the last n values of x, with the present middle of those same values, such as their
// mean.
class MeanAbsoluteDeviation {
 public:
  static constexpr const char* kName = "mean_absolute_deviation";

  explicit MeanAbsoluteDeviation(int period)
      : period_(period),
        per_value_(1.0 / period),
        slots_(padded(period), 0.0),
        is_value_(padded(period), 0.0) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(period); ++i) {
      slots_[i] = kMissing;
      is_value_[i] = 1;
    }
  }

  double update(double x, double middle) {
    double* const slots = slots_.data();
    const double* const is_value = is_value_.data();
    slots[position_] = x;
    if (++position_ == period_) position_ = 0;
    std::array<double, kLanes> sums{};
    for (std::size_t i = 0; i < slots_.size(); i += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        sums[lane] += is_value[i + lane] * std::abs(slots[i + lane] - middle);
    }
    const double even = (sums[0] + sums[2]) + (sums[4] + sums[6]);
    const double odd = (sums[1] + sums[3]) + (sums[5] + sums[7]);
    return (even + odd) * per_value_;
  }

  // The middle of n values is not known before the n values are: nothing is added to its own warm-up.
  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, slots_);
  }

 private:
  static constexpr std::size_t kLanes = 8;
  static std::size_t padded(int period) {
    return (static_cast<std::size_t>(period) + kLanes - 1) / kLanes * kLanes;
  }

  int period_;
  double per_value_;
  int position_ = 0;
  std::vector<double> slots_;     // the last n values, then zeros up to a whole number of lanes
  std::vector<double> is_value_;  // 1 for the values, 0 for the filling
};

}  // namespace regimetry::features
