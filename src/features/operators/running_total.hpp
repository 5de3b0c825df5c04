// The sum of everything since the start of the history.
//
// It depends on where the history starts, so nothing but level features is made from it. The rounding error
// of every addition is kept and added back (Neumaier's summation): ten million fractional volumes do not
// drift.
#pragma once

#include <cmath>

#include "features/operators/missing.hpp"

namespace regimetry::features {

// A missing value adds nothing and gives a missing total.
class RunningTotal {
 public:
  static constexpr const char* kName = "running_total";

  double update(double x) {
    if (is_missing(x)) return kMissing;
    const double sum = total_ + x;
    error_ += std::abs(total_) >= std::abs(x) ? (total_ - sum) + x : (x - sum) + total_;
    total_ = sum;
    return total_ + error_;
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(total_, error_);
  }

 private:
  double total_ = 0, error_ = 0;
};

}  // namespace regimetry::features
