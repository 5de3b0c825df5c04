// Pieces of formulas. All of them keep a missing value missing, which std::max and std::min do not, and none
// of them branches, so that loops over a formula become vector code.
#pragma once

#include <cmath>

#include "core/portable_kernels.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

// a / b, or `when_zero` where b is 0; missing when either is, whatever the other one is.
[[nodiscard]] inline double ratio_or(double a, double b, double when_zero) noexcept {
  const double quotient = a / (b == 0 ? 1.0 : b);
  return b == 0 ? 0.0 * a + when_zero : quotient;
}

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

// The larger and the smaller of two.
[[nodiscard]] inline double larger(double a, double b) noexcept {
  const double either = a > b ? a : b;  // b when one is missing
  return is_missing(a) ? a : either;
}
[[nodiscard]] inline double smaller(double a, double b) noexcept {
  const double either = a < b ? a : b;
  return is_missing(a) ? a : either;
}

// +1 above 0, -1 below, 0 at 0.
[[nodiscard]] inline double sign_of(double x) noexcept {
  return 0.0 * x + ((x > 0 ? 1.0 : 0.0) - (x < 0 ? 1.0 : 0.0));
}

// x, or the bound that it lies beyond.
[[nodiscard]] inline double limited(double x, double lowest, double highest) noexcept {
  const double not_above = x > highest ? highest : x;
  return not_above < lowest ? lowest : not_above;
}

// (x - middle) / sqrt(variance), 0 where the variance is 0.
[[nodiscard]] inline double standard_score(double x, double middle, double variance) noexcept {
  return ratio_or(x - middle, std::sqrt(variance), 0);
}

}  // namespace regimetry::features
