// Where the present value stands among the last n.
//
// Counting compares with all n values on every bar: one vectorised pass over a small ring, which beats a
// sorted structure up to a few thousand bars. Counts are whole numbers, so no order of adding changes a bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// The share of the n - 1 values before the present one that lie below it, equal ones counted half: 0 lowest,
// 1 highest, 0.5 when all are equal.
class RollingRank {
 public:
  static constexpr const char* kName = "rolling_rank";

  // `period` is at least 2.
  explicit RollingRank(int period)
      : period_(period), twice_all_(2.0 * (period - 1)), ring_(static_cast<std::size_t>(period), kMissing) {}

  double update(double x) {
    ring_.data()[position_] = x;
    if (++position_ == period_) position_ = 0;
    known_ = is_missing(x) ? 0 : known_ + (known_ < period_ ? 1 : 0);
    if (known_ < period_) return kMissing;
    // 2 * below + equal; the present value equals itself.
    return static_cast<double>(count_twice(x) - 1) / twice_all_;
  }

  [[nodiscard]] int warmup() const { return period_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, known_, ring_);
  }

 private:
  [[nodiscard]] std::int64_t count_twice(double x) const {
    const double* const ring = ring_.data();
    std::int64_t count = 0;
    for (int i = 0; i < period_; ++i) count += (ring[i] < x ? 1 : 0) + (ring[i] <= x ? 1 : 0);
    return count;
  }

  int period_;
  double twice_all_;
  int position_ = 0;
  int known_ = 0;  // values since the last missing one, at most n
  std::vector<double> ring_;
};

}  // namespace regimetry::features
