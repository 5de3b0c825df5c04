#include "market/simulation/intrabar.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace regimetry::market {
namespace {

constexpr std::size_t kBars = 400'000;

struct Drawn {
  std::vector<double> returns, sds;
  BarShapes shapes;
};

Drawn draw(double gap_share, double sd) {
  const Rng rng(41);
  Drawn drawn{std::vector<double>(kBars), std::vector<double>(kBars, sd), {}};
  rng.stream("returns").fill_normal(drawn.returns);
  for (double& value : drawn.returns) value *= sd;
  const std::vector<double> gaps(gap_share > 0 ? kBars : 0, gap_share);
  IntrabarPath(rng.stream("path"), rng.stream("gap")).draw(drawn.returns, drawn.sds, gaps, drawn.shapes);
  return drawn;
}

TEST(IntrabarPath, ExtremesHoldOpenAndClose) {
  for (const double gap : {0.0, 0.4}) {
    const Drawn d = draw(gap, 0.01);
    for (std::size_t i = 0; i < kBars; ++i) {
      ASSERT_LE(d.shapes.low[i], std::min(d.shapes.open[i], d.returns[i])) << i;
      ASSERT_GE(d.shapes.high[i], std::max(d.shapes.open[i], d.returns[i])) << i;
    }
  }
}

TEST(IntrabarPath, ParkinsonsVarianceIsUnbiased) {
  const double sd = 0.02;
  const Drawn d = draw(0, sd);
  double mean = 0, square = 0;
  for (std::size_t i = 0; i < kBars; ++i) {
    const double range = d.shapes.high[i] - d.shapes.low[i];
    const double estimate = range * range / (4 * std::log(2.0)) / (sd * sd);
    mean += estimate / kBars;
    square += estimate * estimate / kBars;
  }
  const double error = std::sqrt((square - mean * mean) /
                                 kBars);  // about .001; one step in place of four would be off by .027
  EXPECT_NEAR(mean, 1, 4 * error + 0.0005);
}

TEST(IntrabarPath, RogersSatchellVarianceIsUnbiased) {
  const Drawn d = draw(0, 1);
  double mean = 0;
  for (std::size_t i = 0; i < kBars; ++i) {
    const double h = d.shapes.high[i], l = d.shapes.low[i], c = d.returns[i];
    mean += (h * (h - c) + l * (l - c)) / kBars;
  }
  EXPECT_NEAR(mean, 1, 0.006);
}

TEST(IntrabarPath, HighFollowsTheReflectionPrinciple) {
  // For a driftless path P(max > m) = 2 P(end > m).
  const Drawn d = draw(0, 1);
  double above = 0;
  for (std::size_t i = 0; i < kBars; ++i) above += d.shapes.high[i] > 1.2815515655446004 ? 1 : 0;
  EXPECT_NEAR(above / kBars, 0.2, 5 * std::sqrt(0.16 / kBars));
}

TEST(IntrabarPath, GapsTakeTheirShareOfTheVariance) {
  const double share = 0.3;
  const Drawn d = draw(share, 1);
  double gap_variance = 0, rest_variance = 0, together = 0, range = 0;
  for (std::size_t i = 0; i < kBars; ++i) {
    const double gap = d.shapes.open[i], rest = d.returns[i] - gap;
    gap_variance += gap * gap / kBars;
    rest_variance += rest * rest / kBars;
    together += gap * rest / kBars;
    range += std::pow(d.shapes.high[i] - d.shapes.low[i], 2) / (4 * std::log(2.0)) / kBars;
  }
  EXPECT_NEAR(gap_variance, share, 0.005);
  EXPECT_NEAR(rest_variance, 1 - share, 0.01);
  EXPECT_NEAR(together, 0, 0.005);  // night and day are independent
  EXPECT_NEAR(range, 1 - share, 0.005);
}

TEST(IntrabarPath, WithoutGapsBarsOpenAtTheLastClose) {
  for (const double open : draw(0, 1).shapes.open) ASSERT_EQ(open, 0);
}

}  // namespace
}  // namespace regimetry::market
