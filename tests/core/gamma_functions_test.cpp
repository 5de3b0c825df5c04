#include "core/gamma_functions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regimetry {
namespace {

TEST(GammaFunctions, LogGammaIsTheLogOfFactorials) {
  double factorial = 1;
  for (int n = 1; n <= 20; ++n) {
    EXPECT_NEAR(log_gamma(n), std::log(factorial), 1e-14 * std::max(1.0, std::log(factorial))) << n;
    factorial *= n;
  }
  EXPECT_NEAR(log_gamma(0.5), 0.5 * std::log(std::acos(-1.0)), 1e-14);
}

TEST(GammaFunctions, DigammaKeepsItsRecurrenceAndKnownValues) {
  EXPECT_NEAR(digamma(1), -0.57721566490153286061, 1e-14);
  EXPECT_NEAR(digamma(0.5), -1.9635100260214234794, 1e-14);
  EXPECT_NEAR(digamma(10), 2.2517525890667211077, 1e-14);
  for (const double x : {0.1, 0.7, 3.3, 11.9, 12.1, 500.0})
    EXPECT_NEAR(digamma(x + 1) - digamma(x), 1 / x, 1e-13 * std::max(1.0, 1 / x)) << x;
}

TEST(GammaFunctions, DigammaIsTheSlopeOfLogGamma) {
  for (const double x : {0.6, 2.0, 7.5, 40.0}) {
    const double h = 1e-5;
    EXPECT_NEAR((log_gamma(x + h) - log_gamma(x - h)) / (2 * h), digamma(x), 1e-8) << x;
  }
}

}  // namespace
}  // namespace regimetry
