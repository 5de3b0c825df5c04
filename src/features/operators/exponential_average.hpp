// The exponential moving average, seeded the classic way: its first value is the plain mean of the first n.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// average += weight * (x - average) from the n-th value on.
class ExponentialAverage {
 public:
  static constexpr const char* kName = "exponential_average";

  ExponentialAverage(int period, double weight) : period_(period), weight_(weight) {}

  double update(double x) {
    if (is_missing(x)) return kMissing;
    if (count_ < period_) [[unlikely]] {
      seed_ += x;
      if (++count_ < period_) return kMissing;
      average_ = seed_ / period_;
      return average_;
    }
    average_ = weight_ * x + (1 - weight_) * average_;
    return average_;
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(count_, seed_, average_);
  }

 private:
  int period_;
  double weight_;  // 2 / (n + 1) for an EMA, 1 / n for Wilder's smoothing
  int count_ = 0;
  double seed_ = 0, average_ = 0;
};

}  // namespace regimetry::features
