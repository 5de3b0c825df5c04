// How many bars ago the highest or lowest of the last n values was.
//
// Blocks as in rolling_extremes.hpp, with the place of each extreme beside it. Of equal extremes the latest
// counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "features/operators/missing.hpp"
#include "features/operators/rolling_extremes.hpp"

namespace regimetry::features {

// 0 on the bar that makes or repeats the extreme, up to n - 1.
template <typename Better>
class BarsSinceExtreme {
 public:
  explicit BarsSinceExtreme(int period)
      : period_(period),
        values_(static_cast<std::size_t>(period), kMissing),
        places_(static_cast<std::size_t>(period), 0) {}

  double update(double x) {
    values_.data()[position_] = x;
    if (position_ == 0 || is_taken_by(prefix_, x)) {
      prefix_ = x;
      prefix_place_ = position_;
    }
    if (++position_ == period_) {
      finish_block();
      return is_missing(values_[0]) ? kMissing : period_ - 1 - places_[0];
    }
    const double suffix = values_.data()[position_];
    const int bars = Better{}(suffix, prefix_) ? position_ - 1 + period_ - places_.data()[position_]
                                               : position_ - 1 - prefix_place_;
    return is_missing(suffix) || is_missing(prefix_) ? kMissing : bars;
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, prefix_, prefix_place_, values_, places_);
  }

 private:
  // Whether a later value takes the place of the extreme before it. A missing one does, and keeps it.
  static bool is_taken_by(double extreme, double later) {
    return !is_missing(extreme) && !Better{}(extreme, later);
  }
  void finish_block() {
    std::int32_t place = period_ - 1;
    double best = values_.back();
    for (std::int32_t i = period_ - 1; i >= 0; --i) {
      const double x = values_[static_cast<std::size_t>(i)];
      if (is_missing(x) || Better{}(x, best)) {
        best = is_missing(best) ? best : x;
        place = i;
      }
      values_[static_cast<std::size_t>(i)] = best;
      places_[static_cast<std::size_t>(i)] = place;
    }
    position_ = 0;
  }

  int period_;
  std::int32_t position_ = 0;
  double prefix_ = kMissing;
  std::int32_t prefix_place_ = 0;
  // Before position_: values of this block; from it on: suffix extremes of the last block and their places.
  std::vector<double> values_;
  std::vector<std::int32_t> places_;
};

class BarsSinceMaximum : public BarsSinceExtreme<HigherWins> {
 public:
  static constexpr const char* kName = "bars_since_maximum";
  using BarsSinceExtreme::BarsSinceExtreme;
};
class BarsSinceMinimum : public BarsSinceExtreme<LowerWins> {
 public:
  static constexpr const char* kName = "bars_since_minimum";
  using BarsSinceExtreme::BarsSinceExtreme;
};

}  // namespace regimetry::features
