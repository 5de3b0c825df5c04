// The mean of all values so far, where a value counts half as much with every half-life that passes.
//
// The weights are divided by those seen so far (pandas: ewm(halflife=h, adjust=True, ignore_na=True).mean()),
// so the first values are plain weighted means and not the echo of a seed.
#pragma once

#include <cmath>
#include <numbers>

#include "core/portable_math.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

// Missing until `half_life` values, rounded up, have come. Passes over a missing value as if the bar were not
// there.
class DecayedAverage {
 public:
  static constexpr const char* kName = "decayed_average";

  explicit DecayedAverage(double half_life)
      : values_needed_(static_cast<int>(std::ceil(half_life))),
        decay_(portable_exp(-std::numbers::ln2 / half_life)) {}

  double update(double x) {
    if (is_missing(x)) return kMissing;
    weight_ = decay_ * weight_ + 1;
    // The mean itself is kept, not the weighted sum: roundings stay of the size of the step, and a mean of
    // equal values is that value.
    average_ += (x - average_) * (1 / weight_);
    count_ += count_ < values_needed_ ? 1 : 0;
    return count_ < values_needed_ ? kMissing : average_;
  }

  [[nodiscard]] int warmup() const { return values_needed_ - 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(count_, weight_, average_);
  }

 private:
  int values_needed_;
  double decay_;
  int count_ = 0;
  double weight_ = 0;  // sum of the weights of the values seen so far, the latest with weight 1
  double average_ = 0;
};

}  // namespace regimetry::features
