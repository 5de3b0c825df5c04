// Ehlers' Fisher transform of a position within a range.
//
// J. F. Ehlers, "Using the Fisher Transform", Technical Analysis of Stocks & Commodities, November 2002. The
// position is stretched to [-1, 1], smoothed, bent by atanh so that turns stand out, and smoothed again.
#pragma once

#include "core/portable_kernels.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

// update(position in [0, 1]); both smoothings start from 0.
class FisherTransform {
 public:
  static constexpr const char* kName = "fisher_transform";

  double update(double position) {
    if (is_missing(position)) return kMissing;
    smoothed_ = 0.33 * 2 * (position - 0.5) + 0.67 * smoothed_;
    // As published: the limit keeps the logarithm finite.
    if (smoothed_ > 0.99) smoothed_ = 0.999;
    if (smoothed_ < -0.99) smoothed_ = -0.999;
    fisher_ = 0.5 * regimetry::detail::log_ratio_kernel(1 + smoothed_, 1 - smoothed_) + 0.5 * fisher_;
    return fisher_;
  }

  [[nodiscard]] int warmup() const { return 0; }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(smoothed_, fisher_);
  }

 private:
  double smoothed_ = 0, fisher_ = 0;
};

}  // namespace regimetry::features
