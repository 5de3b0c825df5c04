// The least-squares slope of a path over its last n points, made from the path's steps.
//
// Why steps: on-balance volume is a sum since the start of history, a log price is large beside its moves.
// The slope needs neither: with s_i the step from point i - 1 to point i (i = 1 .. n - 1),
//   slope = 6 / (n (n^2 - 1)) * sum of i (n - i) s_i,
// so only the last n - 1 steps count, the weights add up to 1, and nothing drifts or cancels.
// How:     blocks of n - 1 steps as in rolling_sum.hpp. With P the place of a step in its block (1, 2, ...)
// and q the number of steps in the running block, the weights are polynomials in q with sums of s, P s and
// P^2 s as coefficients; those are suffix sums for the last block and prefix sums for the running one.
#pragma once

#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// Units of the path per bar. `points` >= 2.
class RollingPathSlope {
 public:
  static constexpr const char* kName = "rolling_path_slope";

  explicit RollingPathSlope(int points)
      : steps_(points - 1),
        points_(points),
        scale_(6.0 / (points_ * (points_ * points_ - 1))),
        plain_(static_cast<std::size_t>(steps_), kMissing),
        by_place_(plain_),
        by_weight_(plain_) {}

  double update(double step) {
    plain_.data()[position_] = step;
    place_ += 1;
    prefix_ += step;
    prefix_by_place_ += place_ * step;
    prefix_by_square_ += place_ * place_ * step;
    if (++position_ == steps_) finish_block();
    const double q = place_;
    const double older = by_weight_.data()[position_] + 2 * q * by_place_.data()[position_] -
                         q * (points_ + q) * plain_.data()[position_];
    const double gap = points_ - 1 - q;
    const double newer = gap * (q + 1) * prefix_ + (q + 1 - gap) * prefix_by_place_ - prefix_by_square_;
    return scale_ * (older + newer);
  }

  [[nodiscard]] int warmup() const { return steps_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, place_, prefix_, prefix_by_place_, prefix_by_square_, plain_, by_place_, by_weight_);
  }

 private:
  void finish_block() {
    double plain = 0, by_place = 0, by_weight = 0;
    for (int i = steps_ - 1; i >= 0; --i) {
      const auto slot = static_cast<std::size_t>(i);
      const double place = i + 1, step = plain_[slot];
      plain += step;
      by_place += place * step;
      by_weight += place * (points_ - place) * step;
      plain_[slot] = plain;
      by_place_[slot] = by_place;
      by_weight_[slot] = by_weight;
    }
    position_ = 0;
    place_ = prefix_ = prefix_by_place_ = prefix_by_square_ = 0;
  }

  int steps_;
  double points_, scale_;
  int position_ = 0;  // steps in this block
  double place_ = 0;  // the same as a number
  double prefix_ = 0, prefix_by_place_ = 0, prefix_by_square_ = 0;
  std::vector<double> plain_;      // before position_: steps of this block; from it on: suffix sums of s
  std::vector<double> by_place_;   // suffix sums of P s
  std::vector<double> by_weight_;  // suffix sums of P (n - P) s
};

}  // namespace regimetry::features
