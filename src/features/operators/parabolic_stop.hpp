// Wilder's parabolic stop-and-reverse.
//
// J. W. Wilder, "New Concepts in Technical Trading Systems" (1978); the direction of the start is TA-Lib's.
// A stop follows the trend, a growing share of its distance to the trend's extreme per bar; when the price
// touches it, the trend is over and the stop starts on the other side.
#pragma once

#include <algorithm>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// The stop for each bar. Missing on the first one: the direction is down when the second bar's low falls by
// more than its high rises, else up.
class ParabolicStop {
 public:
  static constexpr const char* kName = "parabolic_stop";

  // `step`: the share at the start of a trend, and what each new extreme adds to it; at most `limit`.
  ParabolicStop(double step, double limit) : step_(step), limit_(limit) {}

  double update(double raw_high, double raw_low) {
    if (is_missing(raw_high + raw_low)) return kMissing;
    if (is_missing(last_high_)) [[unlikely]]
      return take_first(raw_high, raw_low);
    if (is_missing(stop_)) [[unlikely]]
      start(raw_high, raw_low);

    // A falling trend is a rising one upside down: with prices negated, one set of rules serves both.
    const double high = is_rising_ ? raw_high : -raw_low;
    const double low = is_rising_ ? raw_low : -raw_high;
    const double high_before = is_rising_ ? last_high_ : -last_low_;
    const double low_before = is_rising_ ? last_low_ : -last_high_;
    last_high_ = raw_high;
    last_low_ = raw_low;
    if (low <= stop_) return reverse(high, low, high_before);

    const double given = stop_;
    share_ = high > extreme_ ? std::min(share_ + step_, limit_) : share_;
    extreme_ = std::max(extreme_, high);
    stop_ = std::min({stop_ + share_ * (extreme_ - stop_), low_before, low});
    return is_rising_ ? given : -given;
  }

  [[nodiscard]] int warmup() const { return 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(is_rising_, last_high_, last_low_, stop_, extreme_, share_);
  }

 private:
  double take_first(double high, double low) {
    last_high_ = high;
    last_low_ = low;
    return kMissing;
  }
  void start(double high, double low) {
    const double up = high - last_high_, down = last_low_ - low;
    is_rising_ = !(down > 0 && down > up);
    stop_ = is_rising_ ? last_low_ : -last_high_;
    extreme_ = is_rising_ ? high : -low;
    share_ = step_;
    // The second bar counts as the bar before itself (TA-Lib).
    last_high_ = high;
    last_low_ = low;
  }
  // The stop jumps to the extreme of the trend that ends, or beyond the last two bars.
  double reverse(double high, double low, double high_before) {
    const double given = std::max({extreme_, high_before, high});
    const double given_raw = is_rising_ ? given : -given;
    is_rising_ = !is_rising_;
    extreme_ = -low;
    share_ = step_;
    stop_ = std::min({-given + share_ * (extreme_ + given), -high_before, -high});
    return given_raw;
  }

  double step_, limit_;
  bool is_rising_ = true;
  double last_high_ = kMissing, last_low_ = kMissing;
  double stop_ = kMissing;  // for the next bar; negated in a falling trend, as are all prices there
  double extreme_ = kMissing;
  double share_ = 0;
};

}  // namespace regimetry::features
