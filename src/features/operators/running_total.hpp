// The sum of everything since the start of the history.
//
// It depends on where the history starts, so nothing but level features is made from it.
#pragma once

#include "features/operators/compensated_sum.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

// A missing value adds nothing and gives a missing total.
class RunningTotal {
 public:
  static constexpr const char* kName = "running_total";

  double update(double x) {
    if (is_missing(x)) return kMissing;
    total_.add(x);
    return total_.value();
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(total_);
  }

 private:
  CompensatedSum total_;
};

}  // namespace regimetry::features
