// Wilder's directional movement: how much of the range was new ground above, and how much below.
//
// J. W. Wilder, "New Concepts in Technical Trading Systems" (1978), with TA-Lib's start: plain sums of the
// first n - 1 bars, and from the n-th on sum - sum / n + now.
#pragma once

#include <array>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// Smoothed {upward movement, downward movement, true range}. A bar moves up by high - high before, when that
// is above 0 and above low before - low, and down in the mirrored case; never both.
class DirectionalMovement {
 public:
  static constexpr const char* kName = "directional_movement";

  explicit DirectionalMovement(int period) : bars_of_sum_(period - 1), kept_(1 - 1.0 / period) {}

  std::array<double, 3> update(double high, double low, double true_range) {
    constexpr std::array<double, 3> kNone{kMissing, kMissing, kMissing};
    if (is_missing(high + low)) return kNone;
    const double up = high - last_high_, down = last_low_ - low;
    last_high_ = high;
    last_low_ = low;
    if (is_missing(true_range + up)) return kNone;
    // One comparison each, against the larger of 0 and the other way: a pair of them would become branches
    // that no processor can foresee.
    const double plus = up > (down > 0 ? down : 0.0) ? up : 0.0;
    const double minus = down > (up > 0 ? up : 0.0) ? down : 0.0;
    if (count_ < bars_of_sum_) [[unlikely]] {
      ++count_;
      plus_ += plus;
      minus_ += minus;
      range_ += true_range;
      return kNone;
    }
    plus_ = kept_ * plus_ + plus;
    minus_ = kept_ * minus_ + minus;
    range_ = kept_ * range_ + true_range;
    return {plus_, minus_, range_};
  }

  // After the first true range.
  [[nodiscard]] int warmup() const { return bars_of_sum_; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(count_, last_high_, last_low_, plus_, minus_, range_);
  }

 private:
  int bars_of_sum_;
  double kept_;
  int count_ = 0;  // bars in the first sums
  double last_high_ = kMissing, last_low_ = kMissing;
  double plus_ = 0, minus_ = 0, range_ = 0;
};

}  // namespace regimetry::features
