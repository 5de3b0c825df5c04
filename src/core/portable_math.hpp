// exp, log and the normal quantile with the same bits on every machine.
//
// Why: the C library picks variants by processor (with and without fused multiply-add), so its last bit
// differs from machine to machine; simulated data must not. Accuracy: exp and log within one unit in the
// last place over the whole range, subnormal numbers included (measured: 0.93 and 0.78); normal_quantile
// within 1e-15 relative (AS 241 and its roundings). No branches in exp and log, so their loops vectorise.
#pragma once

#include <span>

namespace regimetry {

[[nodiscard]] double portable_exp(double x) noexcept;  // overflow gives +inf, underflow 0, NaN stays NaN
[[nodiscard]] double portable_log(double x) noexcept;  // 0 gives -inf, negative gives NaN
// log(a / b), accurate to a few units in the last place even where a and b differ by the last of their bits.
[[nodiscard]] double portable_log_ratio(double a, double b) noexcept;
// The x with P(Z <= x) = p for a standard normal Z, 0 < p < 1.
[[nodiscard]] double normal_quantile(double p) noexcept;

// Element by element; `out` is as long as `in` and may be `in` itself, but not overlap it otherwise. Same
// bits as the scalar forms, several times faster.
void portable_exp(std::span<const double> in, std::span<double> out) noexcept;
void portable_log(std::span<const double> in, std::span<double> out) noexcept;
void normal_quantile(std::span<const double> p, std::span<double> out) noexcept;

}  // namespace regimetry
