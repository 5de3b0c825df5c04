// Wilder's relative strength index.
//
// J. W. Wilder, "New Concepts in Technical Trading Systems" (1978). Gains and losses of the close against the
// bar before; the first averages are plain means of n changes, later ones Wilder's smoothing: (before * (n -
// 1) + now) / n.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// 100 * gain / (gain + loss); 50 when nothing moved at all.
class RelativeStrength {
 public:
  static constexpr const char* kName = "relative_strength";

  explicit RelativeStrength(int period) : period_(period), weight_(1.0 / period) {}

  double update(double close) {
    if (is_missing(close)) return kMissing;
    if (is_missing(last_close_)) [[unlikely]] {
      last_close_ = close;
      return kMissing;
    }
    const double change = close - last_close_;
    last_close_ = close;
    const double gain = change > 0 ? change : 0.0;
    const double loss = change < 0 ? -change : 0.0;
    if (count_ < period_) [[unlikely]] {
      gain_ += gain * weight_;
      loss_ += loss * weight_;
      if (++count_ < period_) return kMissing;
    } else {
      gain_ = weight_ * gain + (1 - weight_) * gain_;
      loss_ = weight_ * loss + (1 - weight_) * loss_;
    }
    const double movement = gain_ + loss_;
    return movement > 0 ? 100 * (gain_ / movement) : 50.0;  // never above 100
  }

  [[nodiscard]] int warmup() const { return period_; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(count_, last_close_, gain_, loss_);
  }

 private:
  int period_;
  double weight_;
  int count_ = 0;  // changes taken into the first averages
  double last_close_ = kMissing;
  double gain_ = 0, loss_ = 0;
};

}  // namespace regimetry::features
