// The arithmetic of core/portable_math.hpp, inline, so that the scalar and the array forms are the same
// operations.
//
// Only + - * / sqrt, comparisons and bit moves, which IEEE 754 fixes to the last bit, and no branch: a loop
// over any of these becomes vector code. Compile with -ffp-contract=off; assumes rounding to nearest.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace regimetry::detail {

inline constexpr double kLog2E = 0x1.71547652b82fep+0;
// ln 2 in two parts: the first has 33 bits, so its product with an exponent (11 bits) is exact.
inline constexpr double kLn2High = 0x1.62e42fefp-1;
inline constexpr double kLn2Low = 0x1.473de6af278edp-34;

inline double select(bool condition, double yes, double no) noexcept {
  return condition ? yes : no;
}

// exp(x) = 2^n * exp(r), x = n ln 2 + r, |r| <= ln(2)/2, and exp(r) = 1 + r + r^2 P(r) with the minimax
// polynomial P of degree 9 (relative error 3.6e-18, found by Remez exchange).
inline double exp_kernel(double x) noexcept {
  // Beyond these the result is +inf or 0 anyway; inside them the exponent stays in range. A NaN passes both.
  double clamped = select(x > 710.0, 710.0, x);
  clamped = select(clamped < -746.0, -746.0, clamped);

  // Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits of the sum.
  constexpr double kRounder = 0x1.8p52;
  const double rounded = clamped * kLog2E + kRounder;
  const double n = rounded - kRounder;
  const double high = clamped - n * kLn2High;  // exact
  const double low = n * kLn2Low;
  const double r = high - low;

  const double r2 = r * r, r4 = r2 * r2;
  const double p01 = 0x1.000000000000ap-1 + r * 0x1.55555555554fap-3;
  const double p23 = 0x1.555555555087dp-5 + r * 0x1.1111111127befp-7;
  const double p45 = 0x1.6c16c18429e42p-10 + r * 0x1.a01a012a533edp-13;
  const double p67 = 0x1.a0199a0cdab44p-16 + r * 0x1.71df255ea59bep-19;
  const double p89 = 0x1.28ad7268ca8edp-22 + r * 0x1.ad7f57fb72ecdp-26;
  const double p = (p01 + r2 * p23) + r4 * ((p45 + r2 * p67) + r4 * p89);
  const double y = 1.0 + (high + (r2 * p - low));

  // 2^n as a product of two powers: n itself reaches 1024 and -1076, outside the exponents of a double. The
  // last product rounds once into the subnormal numbers or over to infinity.
  const std::uint64_t exponent =
      std::bit_cast<std::uint64_t>(rounded) - std::bit_cast<std::uint64_t>(kRounder);
  const std::uint64_t half = ((exponent + 2048) >> 1) - 1024;  // floor(n / 2) without a signed shift
  const auto first = std::bit_cast<double>((half + 1023) << 52);
  const auto second = std::bit_cast<double>((exponent - half + 1023) << 52);
  return y * first * second;
}

// k ln 2 + log(1 + f) for sqrt(1/2) <= 1 + f < sqrt(2). With s = f / (2 + f),
// log(1 + f) = 2 atanh(s) = f - (f^2/2 - s (f^2/2 + s^2 Q(s^2))); Q is the minimax polynomial of degree 6
// (2.5e-18).
inline double log1p_kernel(double f, double k) noexcept {
  const double s = f / (2.0 + f);
  const double z = s * s, z2 = z * z;
  const double q12 = 0x1.999999997fd37p-2 + z * 0x1.24924941f8c53p-2;
  const double q34 = 0x1.c71c5202c2a74p-3 + z * 0x1.746640576a9c4p-3;
  const double q56 = 0x1.39a193c6db0a0p-3 + z * 0x1.2f06fedf6e966p-3;
  const double q = 0x1.5555555555592p-1 + z * (q12 + z2 * (q34 + z2 * q56));
  const double half_square = 0.5 * f * f;
  const double log1p_f_tail = half_square - (s * (half_square + z * q) + k * kLn2Low);
  return k * kLn2High - (log1p_f_tail - f);
}

// log(x) = k ln 2 + log(1 + f), x = 2^k (1 + f).
inline double log_kernel(double x) noexcept {
  constexpr double kSmallestNormal = std::numeric_limits<double>::min();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr std::uint64_t kOneBits = 0x3ff0000000000000U, kSqrtHalfBits = 0x3fe6a09e667f3bcdU;

  const bool is_subnormal = x < kSmallestNormal;
  const double normal = x * select(is_subnormal, 0x1p54, 1.0);
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(normal) + (kOneBits - kSqrtHalfBits);
  const auto mantissa = std::bit_cast<double>((shifted & 0x000fffffffffffffU) + kSqrtHalfBits);
  // The biased exponent as a double, by way of the low bits of 2^52: vector units lack the direct conversion.
  const double biased = std::bit_cast<double>((shifted >> 52) | 0x4330000000000000U) - 0x1p52;
  const double k = biased - select(is_subnormal, 1077.0, 1023.0);

  double result = log1p_kernel(mantissa - 1.0, k);

  result = select(x == kInfinity, kInfinity, result);
  result = select(x == 0.0, -kInfinity, result);
  result = select(x < 0.0, kNaN, result);
  return select(x != x, x, result);
}

// log(a / b). Near 1 the quotient would round away what the two differ by; a - b does not (it is exact
// there).
inline double log_ratio_kernel(double a, double b) noexcept {
  const double f = (a - b) / b;
  const double near_one = log1p_kernel(f, 0.0), elsewhere = log_kernel(a / b);
  // One comparison per select: g++ 12 makes a branch of `&&`, and a loop with a branch stays scalar.
  return select(f > -0.29, select(f < 0.41, near_one, elsewhere), elsewhere);
}

// The three rational functions of Wichura, "Algorithm AS 241: The Percentage Points of the Normal
// Distribution", Applied Statistics 37 (1988), routine PPND16.

inline constexpr double kQuantileCentre = 0.425;   // |p - 1/2| up to here: the central one
inline constexpr double kQuantileTailSplit = 5.0;  // sqrt(-log(tail probability)) up to here: the second one

// The quantile for |q| <= kQuantileCentre, q = p - 1/2.
inline double quantile_centre(double q) noexcept {
  const double r = 0.180625 - q * q;
  const double numerator =
      ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
          4.5921953931549871457e4) *
             r +
         1.3731693765509461125e4) *
            r +
        1.9715909503065514427e3) *
           r +
       1.3314166789178437745e2) *
          r +
      3.3871328727963666080e0;
  const double denominator =
      ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
          2.1213794301586595867e4) *
             r +
         5.3941960214247511077e3) *
            r +
        6.8718700749205790830e2) *
           r +
       4.2313330701600911252e1) *
          r +
      1.0;
  return q * numerator / denominator;
}

// The quantile's size for a tail with kQuantileCentre < |q| and r = sqrt(-log(tail probability)) <=
// kQuantileTailSplit.
inline double quantile_tail(double root) noexcept {
  const double r = root - 1.6;
  const double numerator =
      ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
          1.27045825245236838258e0) *
             r +
         3.64784832476320460504e0) *
            r +
        5.76949722146069140550e0) *
           r +
       4.63033784615654529590e0) *
          r +
      1.42343711074968357734e0;
  const double denominator =
      ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
          1.48103976427480074590e-1) *
             r +
         6.89767334985100004550e-1) *
            r +
        1.67638483018380384940e0) *
           r +
       2.05319162663775882187e0) *
          r +
      1.0;
  return numerator / denominator;
}

// The same beyond kQuantileTailSplit, where the tail probability is below 1.4e-11.
inline double quantile_far_tail(double root) noexcept {
  const double r = root - 5.0;
  const double numerator =
      ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
          2.65321895265761230930e-2) *
             r +
         2.96560571828504891230e-1) *
            r +
        1.78482653991729133580e0) *
           r +
       5.46378491116411436990e0) *
          r +
      6.65790464350110377720e0;
  const double denominator =
      ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
          7.86869131145613259100e-4) *
             r +
         1.48753612908506148525e-2) *
            r +
        1.36929880922735805310e-1) *
           r +
       5.99832206555887937690e-1) *
          r +
      1.0;
  return numerator / denominator;
}

// sqrt(-log(min(p, 1 - p))): the argument of the two tail functions.
inline double quantile_tail_root(double p) noexcept {
  return std::sqrt(-log_kernel(select(p < 0.5, p, 1.0 - p)));
}

}  // namespace regimetry::detail
