#include "market/simulation/unit_distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

namespace regimetry::market {
namespace {

TEST(UnitDistribution, NormalCdfMatchesTables) {
  const UnitDistribution normal(std::nullopt);
  EXPECT_DOUBLE_EQ(normal.cdf(0), 0.5);
  EXPECT_NEAR(normal.cdf(1.959963984540054), 0.975, 1e-14);
  EXPECT_NEAR(normal.cdf(-3.090232306167813), 0.001, 1e-14);
  for (double x = -9; x <= 9; x += 0.37)
    EXPECT_NEAR(normal.cdf(x), 0.5 * std::erfc(-x / std::sqrt(2.0)), 1e-14) << x;
}

TEST(UnitDistribution, StudentTCdfMatchesClosedForms) {
  // With t the plain Student-t value: for 4 degrees of freedom F = 1/2 + (3/8) * s * (1 - s^2 / 12 ... ),
  // written through sin of the angle; for 3: 1/2 + (theta + sin theta cos theta) / pi with theta = atan(t /
  // sqrt 3).
  const UnitDistribution three(3.0), four(4.0);
  for (double x = -6; x <= 6; x += 0.31) {
    const double t3 = x * std::sqrt(3.0), theta = std::atan(t3 / std::sqrt(3.0));
    EXPECT_NEAR(three.cdf(x), 0.5 + (theta + std::sin(theta) * std::cos(theta)) / std::acos(-1.0), 1e-14)
        << x;
    const double t4 = x * std::sqrt(2.0), sine = t4 / std::sqrt(4 + t4 * t4);
    EXPECT_NEAR(four.cdf(x), 0.5 + 0.75 * sine * (1 - sine * sine / 3), 1e-14) << x;
  }
}

TEST(UnitDistribution, StudentTCdfMatchesTables) {
  const UnitDistribution five(5.0);
  const double unit = std::sqrt(3.0 / 5.0);            // sd of the plain law is sqrt(5/3)
  EXPECT_NEAR(five.cdf(2.015048 * unit), 0.95, 5e-8);  // tables print seven digits
  EXPECT_NEAR(five.cdf(-4.032143 * unit), 0.005, 5e-8);
  EXPECT_EQ(five.cdf(0), 0.5);
  EXPECT_EQ(five.cdf(INFINITY), 1);
  EXPECT_EQ(five.cdf(-INFINITY), 0);
}

TEST(UnitDistribution, LogDensitiesDifferAsTheLawSays) {
  const std::vector<double> values{0, 1, -2.5, 40};
  std::vector<double> out(values.size());
  UnitDistribution(std::nullopt).log_density(values, out);
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_NEAR(out[i] - out[0], -0.5 * values[i] * values[i], 1e-12);
  UnitDistribution(5.0).log_density(values, out);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(out[i] - out[0], -3 * std::log1p(values[i] * values[i] / 3), 1e-12);
  }
}

// Whole degrees of freedom are drawn by products of uniforms, others by the gamma law: both must give the
// same family.
TEST(UnitDistribution, ScalesTimesNormalsFollowTheLaw) {
  constexpr std::size_t kDraws = 400'000;
  for (const double dof : {3.0, 5.0, 6.0, 7.5, 40.0}) {
    const UnitDistribution law(dof);
    RngStream stream = Rng(11).stream("test", static_cast<std::uint64_t>(dof * 10));
    std::vector<double> scales(kDraws), normals(kDraws);
    law.fill_scales(scales, stream);
    stream.fill_normal(normals);
    for (const double x : {-3.0, -1.0, -0.2, 0.5, 2.0}) {
      double below = 0;
      for (std::size_t i = 0; i < kDraws; ++i) below += scales[i] * normals[i] <= x ? 1 : 0;
      const double expected = law.cdf(x);
      EXPECT_NEAR(below / kDraws, expected, 5 * std::sqrt(expected * (1 - expected) / kDraws))
          << dof << " at " << x;
    }
  }
}

TEST(UnitDistribution, VarianceIsOne) {
  constexpr std::size_t kDraws = 400'000;
  RngStream stream = Rng(12).stream("test");
  std::vector<double> scales(kDraws);
  UnitDistribution(9.0).fill_scales(scales, stream);
  double mean_square = 0;
  for (const double scale : scales) mean_square += scale * scale / kDraws;
  EXPECT_NEAR(mean_square, 1, 0.01);  // variance of scale^2 is 2 / (dof - 4) = .4, so five errors are .005
}

}  // namespace
}  // namespace regimetry::market
