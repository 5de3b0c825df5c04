// How many of the last values the present one stands above.
//
// Counting compares with all n values on every bar: one vectorised pass over a small ring, which beats a
// sorted structure up to a few thousand bars. Counts are whole numbers, so no order of adding changes a bit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// {how many of the n values before the present one lie below it, how many are equal to it}.
class RollingRank {
 public:
  static constexpr const char* kName = "rolling_rank";

  explicit RollingRank(int period) : period_(period), ring_(static_cast<std::size_t>(period), kMissing) {}

  std::array<double, 2> update(double x) {
    const bool is_known = known_ == period_ && !is_missing(x);
    const std::int64_t below = count_below(x), not_above = count_not_above(x);
    ring_.data()[position_] = x;
    if (++position_ == period_) position_ = 0;
    known_ = is_missing(x) ? 0 : known_ + (known_ < period_ ? 1 : 0);
    if (!is_known) return {kMissing, kMissing};
    return {static_cast<double>(below), static_cast<double>(not_above - below)};
  }

  [[nodiscard]] int warmup() const { return period_; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, known_, ring_);
  }

 private:
  [[nodiscard]] std::int64_t count_below(double x) const {
    const double* const ring = ring_.data();
    std::int64_t count = 0;
    for (int i = 0; i < period_; ++i) count += ring[i] < x ? 1 : 0;
    return count;
  }
  [[nodiscard]] std::int64_t count_not_above(double x) const {
    const double* const ring = ring_.data();
    std::int64_t count = 0;
    for (int i = 0; i < period_; ++i) count += ring[i] <= x ? 1 : 0;
    return count;
  }

  int period_;
  int position_ = 0;
  int known_ = 0;  // values since the last missing one, at most n
  std::vector<double> ring_;
};

}  // namespace regimetry::features
