// The value of n bars ago.
#pragma once

#include <cstddef>
#include <vector>

#include "features/operators/missing.hpp"

namespace regimetry::features {

class Lag {
 public:
  static constexpr const char* kName = "lag";

  explicit Lag(int bars) : bars_(bars), slots_(static_cast<std::size_t>(bars), kMissing) {}

  double update(double x) {
    double& slot = slots_.data()[position_];
    const double before = slot;
    slot = x;
    if (++position_ == bars_) position_ = 0;
    return before;
  }

  [[nodiscard]] int warmup() const { return bars_; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(position_, slots_);
  }

 private:
  int bars_;
  int position_ = 0;
  std::vector<double> slots_;
};

}  // namespace regimetry::features
