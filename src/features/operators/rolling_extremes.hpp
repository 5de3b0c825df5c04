// The highest and lowest of the last n values, and how long ago they were.
//
// Blocks as in rolling_sum.hpp: the extreme of a window is the better of a suffix extreme and a prefix
// extreme. No queue, no branch that depends on the data.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// `Better(a, b)`: a beats b. Missing values win, so that a window that holds one is missing.
template <typename Better>
class RollingExtreme {
 public:
  explicit RollingExtreme(int period) : period_(period), slots_(static_cast<std::size_t>(period), kMissing) {}

  double update(double x) {
    double* const slots = slots_.data();
    slots[position_] = x;
    prefix_ = position_ == 0 ? x : pick(x, prefix_);
    if (++position_ == period_) {
      finish_block();
      return slots[0];
    }
    return pick(prefix_, slots[position_]);
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, prefix_, slots_);
  }

 private:
  static double pick(double a, double b) {
    const double best = Better{}(a, b) ? a : b;  // b when either is missing
    return is_missing(a) ? a : best;
  }
  void finish_block() {
    double best = slots_.back();
    for (int i = period_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      best = pick(slots_[slot], best);
      slots_[slot] = best;
    }
    position_ = 0;
  }

  int period_;
  int position_ = 0;
  double prefix_ = kMissing;
  std::vector<double>
      slots_;  // before position_: values of this block; from it on: suffix extremes of the last block
};

struct HigherWins {
  bool operator()(double a, double b) const { return a > b; }
};
struct LowerWins {
  bool operator()(double a, double b) const { return a < b; }
};

class RollingMaximum : public RollingExtreme<HigherWins> {
 public:
  static constexpr const char* kName = "rolling_maximum";
  using RollingExtreme::RollingExtreme;
};
class RollingMinimum : public RollingExtreme<LowerWins> {
 public:
  static constexpr const char* kName = "rolling_minimum";
  using RollingExtreme::RollingExtreme;
};

}  // namespace regimetry::features
