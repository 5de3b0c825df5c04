// The sum of all values so far, each weighing less with every bar.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// sum = x + decay * sum, from 0 on; 0 <= decay < 1. A missing value is passed over.
class DecayedSum {
 public:
  static constexpr const char* kName = "decayed_sum";

  explicit DecayedSum(double decay) : decay_(decay) {}

  double update(double x) {
    if (is_missing(x)) return kMissing;
    sum_ = x + decay_ * sum_;
    return sum_;
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(sum_);
  }

 private:
  double decay_;
  double sum_ = 0;
};

}  // namespace regimetry::features
