// The value that came before this one, however many bars were missing in between.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// Unlike Lag(1), it keeps the last value that was there: the first close after a missing bar is compared with
// the last close before it, and one missing bar costs an indicator one value, not two.
class PreviousValue {
 public:
  static constexpr const char* kName = "previous_value";

  double update(double x) {
    const double before = last_;
    last_ = is_missing(x) ? last_ : x;
    return is_missing(x) ? x : before;
  }

  [[nodiscard]] int warmup() const { return 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(last_);
  }

 private:
  double last_ = kMissing;
};

}  // namespace regimetry::features
