// Wilder's true range: how far the price went since the close before, gap included.
//
// J. W. Wilder, "New Concepts in Technical Trading Systems" (1978).
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// The largest of high - low, |high - close before| and |low - close before|. Missing on the first bar, which
// has no close before it; a missing bar is passed over, and the next one is measured from the last known
// close.
class TrueRange {
 public:
  static constexpr const char* kName = "true_range";

  double update(double high, double low, double close) {
    if (is_missing(high + low + close)) return kMissing;
    const double before = last_close_;
    last_close_ = close;
    // The interval from low to high, stretched to reach the close before.
    const double top = before > high ? before : high;
    const double bottom = before < low ? before : low;
    return is_missing(before) ? kMissing : top - bottom;
  }

  [[nodiscard]] int warmup() const { return 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(last_close_);
  }

 private:
  double last_close_ = kMissing;
};

}  // namespace regimetry::features
