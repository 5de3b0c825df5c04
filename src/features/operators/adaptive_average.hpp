// Kaufman's adaptive moving average: fast where the price goes somewhere, slow where it only moves.
//
// P. J. Kaufman, "Trading Systems and Methods". The share of the way to the new value that the average goes
// lies between those of a fast and a slow exponential average, by the efficiency ratio, and is squared.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// average += (efficiency * (fast - slow) + slow)^2 * (x - average), with fast = 2 / (fast bars + 1) and so
// for slow. Starts from the value before the first known efficiency (TA-Lib).
class AdaptiveAverage {
 public:
  static constexpr const char* kName = "adaptive_average";

  AdaptiveAverage(int fast_bars, int slow_bars)
      : slow_(2.0 / (slow_bars + 1)), fast_above_slow_(2.0 / (fast_bars + 1) - slow_) {}

  // `before`: the value of the bar before.
  double update(double x, double before, double efficiency) {
    if (is_missing(x + before + efficiency)) return kMissing;
    if (is_missing(average_)) [[unlikely]]
      average_ = before;
    const double weight = efficiency * fast_above_slow_ + slow_;
    average_ += weight * weight * (x - average_);
    return average_;
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(average_);
  }

 private:
  double slow_, fast_above_slow_;
  double average_ = kMissing;
};

}  // namespace regimetry::features
