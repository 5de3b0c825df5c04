// How far a path stands above its own exponential average, made from the path's steps.
//
// Why steps: the path may be a sum since the start of history (accumulation/distribution), whose size would
// eat the digits of the difference. With average += weight * (path - average), the gap obeys
//   gap = (1 - weight) * (gap + step),
// and the usual seed, the mean of the first n points, makes the first gap a weighted sum of the first steps.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// The first step leads to the first point. path - ExponentialAverage(period, weight) of the path.
class PathAboveAverage {
 public:
  static constexpr const char* kName = "path_above_average";

  PathAboveAverage(int period, double weight) : period_(period), weight_(weight) {}

  double update(double step) {
    if (is_missing(step)) return kMissing;
    if (count_ < period_) [[unlikely]] {
      // The step to point `count_` (from 0) lifts the last point above the `count_` points before it.
      gap_ += step * count_ / period_;
      return ++count_ < period_ ? kMissing : gap_;
    }
    gap_ = (1 - weight_) * (gap_ + step);
    return gap_;
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(count_, gap_);
  }

 private:
  int period_;
  double weight_;
  int count_ = 0;
  double gap_ = 0;
};

}  // namespace regimetry::features
