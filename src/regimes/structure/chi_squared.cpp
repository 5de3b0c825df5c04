#include "regimes/structure/chi_squared.hpp"

#include <cmath>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kSmallestStep = 1e-17;
constexpr int kMostSteps = 100'000;

// log Gamma(n / 2) by Gamma(a + 1) = a Gamma(a) from Gamma(1) = 1 or Gamma(1/2) = sqrt(pi).
double log_gamma_of_half(std::int64_t n) {
  constexpr double kLogSqrtPi = 0.57236494292470008707;
  double log_gamma = n % 2 == 0 ? 0 : kLogSqrtPi;
  for (std::int64_t half = n % 2 == 0 ? 2 : 1; half < n; half += 2)
    log_gamma += portable_log(static_cast<double>(half) / 2);
  return log_gamma;
}

// Lower incomplete gamma over its first factor x^a e^-x / Gamma(a): the power series, fast for x < a + 1.
double lower_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < kMostSteps && term > kSmallestStep * sum; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

// Upper incomplete gamma over the same factor: Lentz's continued fraction, fast for x > a + 1.
double upper_fraction(double a, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, value = d;
  for (int n = 1; n < kMostSteps; ++n) {
    const double numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + numerator / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double step = d * c;
    value *= step;
    if (std::abs(step - 1) < 1e-16) break;
  }
  return value;
}

}  // namespace

double chi_squared_tail(double x, std::int64_t degrees_of_freedom) {
  if (!(x > 0)) return 1;
  const double a = static_cast<double>(degrees_of_freedom) / 2, half = x / 2;
  const double factor = portable_exp(a * portable_log(half) - half - log_gamma_of_half(degrees_of_freedom));
  return half < a + 1 ? 1 - factor * lower_series(a, half) : factor * upper_fraction(a, half);
}

}  // namespace regimetry::regimes
