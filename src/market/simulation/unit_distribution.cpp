#include "market/simulation/unit_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/portable_math.hpp"

namespace regimetry::market {
namespace {

// Above this a product of uniforms could leave the range of doubles, and the gamma draw is as quick.
constexpr double kLargestProductDof = 32;
constexpr double kLogTwoPi = 1.8378770664093454836;

// Stirling's series, shifted up to where six terms give full precision. Our own because lgamma differs
// between C libraries.
double log_gamma(double x) {
  double shift = 1;
  for (; x < 12; x += 1) shift *= x;
  const double inverse = 1 / x, square = inverse * inverse;
  const double series =
      inverse * (1.0 / 12 - square * (1.0 / 360 -
                                      square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188)))));
  return (x - 0.5) * portable_log(x) - x + 0.5 * kLogTwoPi + series - portable_log(shift);
}

// Marsaglia (2004): the Taylor series about 0; beyond 8.3 the tail is below half a unit in the last place
// of 1.
double normal_cdf(double x) {
  if (x > 8.3) return 1;
  if (x < -8.3) return 0;
  double term = x, sum = x;
  for (int n = 3; std::abs(term) > 1e-17 * std::abs(sum) && n < 400; n += 2) {
    term *= x * x / n;
    sum += term;
  }
  return std::clamp(0.5 + sum * portable_exp(-0.5 * x * x - 0.5 * kLogTwoPi), 0.0, 1.0);
}

// Continued fraction of the incomplete beta function (modified Lentz); converges quickly for x < (a + 1) / (a
// + b + 2).
double incomplete_beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m < 500; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    fraction *= d * c;
    if (std::abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

}  // namespace

UnitDistribution::UnitDistribution(std::optional<double> student_t_dof) : dof_(student_t_dof.value_or(0)) {
  if (dof_ > 0) log_beta_factor_ = log_gamma(0.5 * dof_ + 0.5) - log_gamma(0.5 * dof_) - log_gamma(0.5);
}

void UnitDistribution::fill_scales(std::span<double> out, RngStream& stream) const {
  if (dof_ == 0) {
    std::fill(out.begin(), out.end(), 1.0);
    return;
  }
  const double numerator = dof_ - 2;
  if (dof_ != std::floor(dof_) || dof_ > kLargestProductDof) {
    for (double& scale : out) scale = std::sqrt(numerator / stream.chi_squared(dof_));
    return;
  }
  // A chi-square with an even count of degrees of freedom is -2 log of a product of that many halves of
  // uniforms; an odd one has a squared normal on top. Arrays at a time, which is what makes it quick.
  const std::size_t n = out.size();
  std::vector<double> draws(n), chi_squared(n, 0.0);
  const int pairs = static_cast<int>(dof_) / 2;
  std::fill(out.begin(), out.end(), 1.0);
  for (int pair = 0; pair < pairs; ++pair) {
    stream.fill_uniform(draws);
    for (std::size_t i = 0; i < n; ++i) out[i] *= draws[i];
  }
  portable_log(out, chi_squared);
  for (double& value : chi_squared) value *= -2;
  if (static_cast<int>(dof_) % 2 == 1) {
    stream.fill_normal(draws);
    for (std::size_t i = 0; i < n; ++i) chi_squared[i] += draws[i] * draws[i];
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = std::sqrt(numerator / chi_squared[i]);
}

void UnitDistribution::log_density(std::span<const double> values, std::span<double> out) const {
  if (dof_ == 0) {
    for (std::size_t i = 0; i < values.size(); ++i) out[i] = -0.5 * values[i] * values[i];
    return;
  }
  const double inverse = 1 / (dof_ - 2), power = -0.5 * (dof_ + 1);
  for (std::size_t i = 0; i < values.size(); ++i) out[i] = 1 + values[i] * values[i] * inverse;
  portable_log(out, out);
  for (double& value : out) value *= power;
}

double UnitDistribution::cdf(double x) const {
  if (std::isnan(x)) return x;
  return dof_ == 0 ? normal_cdf(x) : student_t_cdf(x);
}

// P(T > t) = I_{v / (v + t^2)}(v/2, 1/2) / 2 for t > 0, with t the plain Student-t value of the unit-variance
// x.
double UnitDistribution::student_t_cdf(double x) const {
  const double t_squared = x * x * dof_ / (dof_ - 2);
  if (t_squared == 0) return 0.5;
  if (std::isinf(t_squared)) return x > 0 ? 1 : 0;
  const double a = 0.5 * dof_, b = 0.5;
  const double near = dof_ / (dof_ + t_squared), far = t_squared / (dof_ + t_squared);
  const double front = portable_exp(log_beta_factor_ + a * portable_log(near) + b * portable_log(far));
  const double tails = near < (a + 1) / (a + b + 2) ? front * incomplete_beta_fraction(a, b, near) / a
                                                    : 1 - front * incomplete_beta_fraction(b, a, far) / b;
  return x > 0 ? 1 - 0.5 * tails : 0.5 * tails;
}

}  // namespace regimetry::market
