// How two series move together over the last n bars.
//
// Blocks and anchors inside the window as in rolling_moments.hpp: nothing drifts, nothing cancels at high
// price levels, and a series of equal values has a variance and a covariance of exactly 0.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// {covariance, variance of x, variance of y} of the last n pairs, all divided by n. The covariance is missing
// while either value of a pair is; a variance only while its own are.
class RollingCovariance {
 public:
  static constexpr const char* kName = "rolling_covariance";

  explicit RollingCovariance(int period)
      : period_(period),
        per_pair_(1.0 / period),
        slots_(static_cast<std::size_t>(period), Sums{kMissing, kMissing, kMissing, kMissing, kMissing}) {}

  std::array<double, 3> update(double x, double y) {
    if (is_missing(anchor_x_)) anchor_x_ = x;
    if (is_missing(anchor_y_)) anchor_y_ = y;
    Sums* const slots = slots_.data();
    slots[position_][kX] = x;
    slots[position_][kY] = y;
    add(prefix_, x - anchor_x_, y - anchor_y_);
    if (++position_ == period_) finish_block(x, y);
    const Sums& suffix = slots[position_];
    const double mean_x = (prefix_[kX] + suffix[kX]) * per_pair_;
    const double mean_y = (prefix_[kY] + suffix[kY]) * per_pair_;
    const double variance_x = (prefix_[kXX] + suffix[kXX]) * per_pair_ - mean_x * mean_x;
    const double variance_y = (prefix_[kYY] + suffix[kYY]) * per_pair_ - mean_y * mean_y;
    return {(prefix_[kXY] + suffix[kXY]) * per_pair_ - mean_x * mean_y, variance_x < 0 ? 0.0 : variance_x,
            variance_y < 0 ? 0.0 : variance_y};
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, anchor_x_, anchor_y_, prefix_, slots_);
  }

 private:
  using Sums = std::array<double, 5>;
  static constexpr std::size_t kX = 0, kY = 1, kXX = 2, kYY = 3, kXY = 4;

  static void add(Sums& sums, double x, double y) {
    sums[kX] += x;
    sums[kY] += y;
    sums[kXX] += x * x;
    sums[kYY] += y * y;
    sums[kXY] += x * y;
  }
  void finish_block(double last_x, double last_y) {
    anchor_x_ = last_x;
    anchor_y_ = last_y;
    Sums sums{};
    for (int i = period_ - 1; i >= 0; --i) {
      Sums& slot = slots_[static_cast<std::size_t>(i)];
      add(sums, slot[kX] - anchor_x_, slot[kY] - anchor_y_);
      slot = sums;
    }
    position_ = 0;
    prefix_ = Sums{};
  }

  int period_;
  double per_pair_;
  int position_ = 0;
  double anchor_x_ = kMissing, anchor_y_ = kMissing;
  Sums prefix_{};
  // Before position_: pairs of this block, in [kX] and [kY]; from it on: suffix sums of the last block.
  std::vector<Sums> slots_;
};

}  // namespace regimetry::features
