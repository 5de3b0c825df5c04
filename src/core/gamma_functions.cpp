#include "core/gamma_functions.hpp"

#include "core/portable_math.hpp"

namespace regimetry {
namespace {

constexpr double kHalfLogTwoPi = 0.91893853320467274178;
// From here on, the first term of the series that is left out is below the last bit.
constexpr double kSeriesStart = 12;

}  // namespace

double log_gamma(double x) noexcept {
  // Gamma(x) = Gamma(x + n) / (x (x + 1) ... (x + n - 1)).
  double product = 1;
  for (; x < kSeriesStart; x += 1) product *= x;
  const double inverse = 1 / x, square = inverse * inverse;
  const double series =
      inverse *
      (1.0 / 12 -
       square * (1.0 / 360 -
                 square * (1.0 / 1260 -
                           square * (1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360360 -
                                                                                   square * (1.0 / 156)))))));
  return (x - 0.5) * portable_log(x) - x + kHalfLogTwoPi + series - portable_log(product);
}

double digamma(double x) noexcept {
  double shift = 0;
  for (; x < kSeriesStart; x += 1) shift += 1 / x;
  const double square = 1 / (x * x);
  const double series =
      square * (1.0 / 12 -
                square * (1.0 / 120 -
                          square * (1.0 / 252 -
                                    square * (1.0 / 240 - square * (1.0 / 132 - square * (691.0 / 32760))))));
  return portable_log(x) - 0.5 / x - series - shift;
}

}  // namespace regimetry
