// Where a value stands among the n values before it.
//
// A count over the window on every bar: n comparisons, which become vector code; whole numbers, so the bits
// do not depend on the order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// 0 to 100: the percentage of the last n values, this one not counted, that are below this one.
class PercentRank {
 public:
  static constexpr const char* kName = "percent_rank";

  explicit PercentRank(int period) : period_(period), slots_(static_cast<std::size_t>(period), kMissing) {}

  double update(double x) {
    const bool is_known = known_ == period_ && !is_missing(x);
    const double rank = 100.0 * static_cast<double>(count_below(x)) / period_;
    slots_.data()[position_] = x;
    if (++position_ == period_) position_ = 0;
    known_ = is_missing(x) ? 0 : known_ + (known_ < period_ ? 1 : 0);
    return is_known ? rank : kMissing;
  }

  [[nodiscard]] int warmup() const { return period_; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, known_, slots_);
  }

 private:
  [[nodiscard]] std::int64_t count_below(double x) const {
    const double* const slots = slots_.data();
    std::int64_t below = 0;
    for (int i = 0; i < period_; ++i) below += slots[i] < x ? 1 : 0;
    return below;
  }

  int period_;
  int position_ = 0;
  int known_ = 0;  // values since the last missing one, at most n
  std::vector<double> slots_;
};

}  // namespace regimetry::features
