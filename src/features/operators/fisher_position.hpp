// The smoothed position that Ehlers' Fisher transform bends.
//
// J. F. Ehlers, "Using the Fisher Transform", Technical Analysis of Stocks & Commodities, November 2002.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// update(position in [0, 1]): 0.33 * 2 * (position - 0.5) + 0.67 * the value before, from 0 on; beyond +-0.99
// it becomes +-0.999, as published, which keeps the logarithm of (1 + v) / (1 - v) finite.
class FisherPosition {
 public:
  static constexpr const char* kName = "fisher_position";

  double update(double position) {
    if (is_missing(position)) return kMissing;
    const double smoothed = 0.33 * 2 * (position - 0.5) + 0.67 * value_;
    const double not_above = smoothed > 0.99 ? 0.999 : smoothed;
    value_ = not_above < -0.99 ? -0.999 : not_above;
    return value_;
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(value_);
  }

 private:
  double value_ = 0;
};

}  // namespace regimetry::features
