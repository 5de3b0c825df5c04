// How many steps in a row went the same way.
#pragma once

#include "features/operators/missing.hpp"

namespace regimetry::features {

// +k after k rises in a row, -k after k falls in a row, 0 when the last step was none.
class Streak {
 public:
  static constexpr const char* kName = "streak";

  double update(double x) {
    if (is_missing(x)) return kMissing;
    if (is_missing(last_)) [[unlikely]] {
      last_ = x;
      return kMissing;
    }
    const double direction = (x > last_ ? 1.0 : 0.0) - (x < last_ ? 1.0 : 0.0);
    last_ = x;
    length_ = length_ * direction > 0 ? length_ + direction : direction;
    return length_;
  }

  [[nodiscard]] int warmup() const { return 1; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(last_, length_);
  }

 private:
  double last_ = kMissing;
  double length_ = 0;
};

}  // namespace regimetry::features
