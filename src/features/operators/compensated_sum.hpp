// A sum that keeps what rounding takes from it (Neumaier 1974): ten million fractional volumes do not drift.
#pragma once

#include <cmath>

namespace regimetry::features {

class CompensatedSum {
 public:
  void add(double x) noexcept {
    const double sum = sum_ + x;
    // The smaller of the two lost digits in the sum; they are gathered apart.
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - sum) + x : (x - sum) + sum_;
    sum_ = sum;
  }
  [[nodiscard]] double value() const noexcept { return sum_ + lost_; }

  template <typename Archive>
  void visit(Archive& archive) {
    archive(sum_, lost_);
  }

 private:
  double sum_ = 0, lost_ = 0;
};

}  // namespace regimetry::features
