// log Gamma and its derivative, with the same bits on every machine.
//
// Why our own: the C library's lgamma differs between libraries and writes a global; it has no digamma.
#pragma once

namespace regimetry {

// x > 0. Stirling's series, shifted up to where eight terms give full precision: relative error 1e-14, or
// absolute 1e-14 near the zeros at 1 and 2.
[[nodiscard]] double log_gamma(double x) noexcept;
// d/dx log Gamma(x), x > 0; absolute error 1e-13 for x above 0.1.
[[nodiscard]] double digamma(double x) noexcept;

}  // namespace regimetry
