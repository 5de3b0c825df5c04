#include "market/simulation/cross_section.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::market {
namespace {

constexpr std::int64_t kBars = 200'000;

std::vector<double> draws_of(const CrossSection& section, int instrument, const Rng& rng) {
  std::vector<double> own(kBars);
  rng.stream("own", static_cast<std::uint64_t>(instrument)).fill_normal(own);
  section.mix_in(instrument, 0, own);
  return own;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / std::sqrt(aa * bb);
}

TEST(CrossSection, InstrumentsCorrelateAsAskedAndKeepTheirVariance) {
  ThreadPool pool(1);
  const Rng rng(31);
  const CrossSection section({.across_sectors = 0.3, .within_sector = 0.6, .sector_count = 2}, kBars, rng,
                             pool);
  const std::vector<double> first = draws_of(section, 0, rng), other = draws_of(section, 1, rng),
                            mate = draws_of(section, 2, rng);
  EXPECT_NEAR(correlation(first, other), 0.3, 0.012);  // five errors of (1 - rho^2) / sqrt(n)
  EXPECT_NEAR(correlation(first, mate), 0.6, 0.008);
  double variance = 0;
  for (const double value : first) variance += value * value / kBars;
  EXPECT_NEAR(variance, 1, 5 * std::sqrt(2.0 / kBars));
}

TEST(CrossSection, WithoutCorrelationDrawsStayAsTheyAre) {
  ThreadPool pool(1);
  const Rng rng(32);
  const CrossSection section({}, 100, rng, pool);
  std::vector<double> own{1, -2, 3};
  section.mix_in(0, 0, own);
  EXPECT_EQ(own, (std::vector<double>{1, -2, 3}));
}

TEST(CrossSection, BlocksPastTheLastBarAreAllowed) {
  ThreadPool pool(1);
  const Rng rng(33);
  const CrossSection section({.across_sectors = 0.25, .within_sector = 0.25, .sector_count = 1}, 10, rng,
                             pool);
  std::vector<double> own(8, 1.0);
  section.mix_in(0, 5, own);
  EXPECT_DOUBLE_EQ(own[7], std::sqrt(0.75));  // bar 12 has no factor
  EXPECT_NE(own[4], std::sqrt(0.75));         // bar 9 has
}

}  // namespace
}  // namespace regimetry::market
