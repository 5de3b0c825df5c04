// Pieces of formulas. All of them keep a missing value missing, which std::max and std::min do not, and none
// of them branches, so that loops over a formula become vector code.
#pragma once

#include "core/portable_kernels.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

// log(a / b); missing unless both are above 0. The same bits on every machine, and nothing lost when two
// prices of a million differ by a cent.
[[nodiscard]] inline double log_ratio_or_missing(double a, double b) noexcept {
  const double ratio = regimetry::detail::log_ratio_kernel(a, b);
  const double or_missing = a > 0 ? ratio : kMissing;
  return b > 0 ? or_missing : kMissing;
}

// The part of x below (above) 0, else 0.
[[nodiscard]] inline double negative_part(double x) noexcept {
  return x > 0 ? 0.0 : x;
}
[[nodiscard]] inline double positive_part(double x) noexcept {
  return x < 0 ? 0.0 : x;
}

// x, or the bound that it lies beyond.
[[nodiscard]] inline double limited(double x, double lowest, double highest) noexcept {
  const double not_above = x > highest ? highest : x;
  return not_above < lowest ? lowest : not_above;
}

}  // namespace regimetry::features
