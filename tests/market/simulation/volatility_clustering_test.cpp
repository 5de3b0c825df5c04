#include "market/simulation/volatility_clustering.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/rng.hpp"

namespace regimetry::market {
namespace {

TEST(VolatilityClustering, FollowsTheRecursion) {
  VolatilityClustering clustering(0.1, 0.8);
  std::vector<double> multipliers(3);
  clustering.advance(std::vector<double>{2, 0, 1}, multipliers);
  // h: 1, then .1 + .1 * 4 * 1 + .8 * 1 = 1.3, then .1 + 0 + .8 * 1.3 = 1.14, then .1 + .1 * 1.14 + .8 * 1.14
  // = 1.126
  EXPECT_NEAR(multipliers[0], 1, 1e-15);
  EXPECT_NEAR(multipliers[1], std::sqrt(1.3), 1e-15);
  EXPECT_NEAR(multipliers[2], std::sqrt(1.14), 1e-15);
  EXPECT_NEAR(clustering.next_sd_multiplier(), std::sqrt(1.126), 1e-15);
}

TEST(VolatilityClustering, PiecesGiveTheSameAsTheWhole) {
  const std::vector<double> noise{0.3, -1.2, 2.2, 0.1, -0.4};
  VolatilityClustering whole(0.1, 0.85), pieces(0.1, 0.85);
  std::vector<double> expected(5), got(5);
  whole.advance(noise, expected);
  pieces.advance(std::span(noise).first(2), std::span(got).first(2));
  pieces.advance(std::span(noise).subspan(2), std::span(got).subspan(2));
  EXPECT_EQ(got, expected);
}

TEST(VolatilityClustering, VarianceAveragesToOneAndClusters) {
  constexpr std::size_t kBars = 1'000'000;
  std::vector<double> noise(kBars), multipliers(kBars);
  Rng(21).stream("test").fill_normal(noise);
  VolatilityClustering(0.08, 0.90).advance(noise, multipliers);
  double mean = 0, second = 0, lagged = 0;
  for (std::size_t t = 0; t < kBars; ++t) mean += multipliers[t] * multipliers[t] / kBars;
  for (std::size_t t = 1; t < kBars; ++t) {
    const double now = multipliers[t] * multipliers[t] - mean,
                 before = multipliers[t - 1] * multipliers[t - 1] - mean;
    second += now * now;
    lagged += now * before;
  }
  EXPECT_NEAR(mean, 1, 0.02);
  EXPECT_NEAR(lagged / second, 0.98, 0.005);  // h is an autoregression with coefficient alpha + beta
}

TEST(VolatilityClustering, SumOfOneOrMoreIsRefused) {
  EXPECT_THAT(VolatilityClustering::problems(0.1, 0.9),
              testing::ElementsAre(testing::HasSubstr("is 1; it must be below 1")));
  EXPECT_THAT(VolatilityClustering::problems(-0.1, 0.9),
              testing::ElementsAre(testing::HasSubstr("garch_alpha: -0.1")));
  EXPECT_TRUE(VolatilityClustering::problems(0, 0).empty());
}

}  // namespace
}  // namespace regimetry::market
