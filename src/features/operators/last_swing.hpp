// The last swing point that is confirmed, and where it stands beside the one before it.
//
// A swing high is a high above the k highs before it and the k highs after it, so it is known only k bars
// later; this operator looks at the bar k bars back and never at one whose k followers are not all there.
// Swing lows are the mirror image.
#pragma once

#include <array>

#include "features/operators/missing.hpp"
#include "features/operators/rolling_extremes.hpp"

namespace regimetry::features {

// update(candidate: the value k bars ago, before: the extreme of the k values before it, after: of the k
// after it) -> {value of the last confirmed swing, +1 when it is above the swing before it, -1 when below, 0
// when equal}. Missing until there is one swing, and two. `Better(a, b)`: a is further out than b.
template <typename Better>
class LastSwing {
 public:
  std::array<double, 2> update(double candidate, double before, double after) {
    if (is_missing(candidate) || is_missing(before) || is_missing(after)) return {kMissing, kMissing};
    // Selections, no branches: nobody foresees where a swing is.
    const bool is_swing = Better{}(candidate, before) & Better{}(candidate, after);
    const double step = (candidate > last_ ? 1.0 : 0.0) - (candidate < last_ ? 1.0 : 0.0);
    const double known_step = is_missing(last_) ? kMissing : step;
    step_ = is_swing ? known_step : step_;
    last_ = is_swing ? candidate : last_;
    return {last_, step_};
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(last_, step_);
  }

 private:
  double last_ = kMissing, step_ = kMissing;
};

class LastSwingHigh : public LastSwing<HigherWins> {
 public:
  static constexpr const char* kName = "last_swing_high";
};
class LastSwingLow : public LastSwing<LowerWins> {
 public:
  static constexpr const char* kName = "last_swing_low";
};

}  // namespace regimetry::features
