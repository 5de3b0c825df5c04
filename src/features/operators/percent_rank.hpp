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
    const double* const slots = slots_.data();
    std::int64_t below = 0, missing = 0;
    for (int i = 0; i < period_; ++i) {
      below += slots[i] < x ? 1 : 0;
      missing += is_missing(slots[i]) ? 1 : 0;
    }
    slots_.data()[position_] = x;
    if (++position_ == period_) position_ = 0;
    if (missing > 0 || is_missing(x)) return kMissing;
    return 100.0 * static_cast<double>(below) / period_;
  }

  [[nodiscard]] int warmup() const { return period_; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, slots_);
  }

 private:
  int period_;
  int position_ = 0;
  std::vector<double> slots_;
};

}  // namespace regimetry::features
