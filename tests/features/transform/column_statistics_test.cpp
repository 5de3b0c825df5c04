#include "features/transform/column_statistics.hpp"

#include <gtest/gtest.h>

#include <array>

#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

TEST(ColumnStatistics, MeanAndDeviationOfAFewNumbers) {
  const MeanAndDeviation found = mean_and_deviation(std::array{2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0});
  EXPECT_EQ(found.mean, 5);
  EXPECT_EQ(found.deviation, 2);
}

TEST(ColumnStatistics, CountsTheFillAsOftenAsSaid) {
  const MeanAndDeviation filled = mean_and_deviation(std::array{1.0, 7.0}, 4, 3);
  const MeanAndDeviation plain = mean_and_deviation(std::array{1.0, 7.0, 4.0, 4.0, 4.0});
  EXPECT_DOUBLE_EQ(filled.mean, plain.mean);
  EXPECT_DOUBLE_EQ(filled.deviation, plain.deviation);
}

// 10^6 with moves of 10^-3: a plain sum of squares would have no digit left.
TEST(ColumnStatistics, KeepsTheDigitsOfALevelWithTinyMoves) {
  RngStream rng = Rng(3).stream("test");
  std::vector<double> values;
  std::vector<long double> exact;
  for (int i = 0; i < 200'000; ++i) {
    values.push_back(1e6 + 1e-3 * rng.normal());
    exact.push_back(values.back());
  }
  const MeanAndDeviation found = mean_and_deviation(values);
  EXPECT_NEAR(static_cast<double>(found.mean / plain_mean(exact)), 1, 1e-15);
  EXPECT_NEAR(static_cast<double>(found.deviation / plain_deviation(exact)), 1, 1e-10);
}

TEST(ColumnStatistics, NeitherOverflowsNorUnderflows) {
  const double huge = 1.7e308;
  EXPECT_EQ(mean_and_deviation(std::array{-huge, huge}).mean, 0);
  EXPECT_DOUBLE_EQ(mean_and_deviation(std::array{-huge, huge}).deviation, huge);
  EXPECT_DOUBLE_EQ(mean_and_deviation(std::array{huge, huge, huge / 2}).mean, huge / 1.2);
  EXPECT_EQ(mean_and_deviation(std::array{0.0, 2e-310}).mean, 1e-310);
}

TEST(ColumnStatistics, EqualValuesHaveNoDeviationAtAll) {
  const std::vector<double> values(1'001, 0.1);
  EXPECT_EQ(mean_and_deviation(values).mean, 0.1);
  EXPECT_EQ(mean_and_deviation(values).deviation, 0);
  EXPECT_EQ(mean_and_deviation(values, 0.1, 12).deviation, 0);
}

TEST(ColumnStatistics, QuantilesInterpolateAsNumpyDoes) {
  std::vector<double> values{7, 1, 3, 10};
  // numpy.quantile([7, 1, 3, 10], [.75, 0, .25, .5, 1])
  EXPECT_EQ(quantiles(values, std::array{0.75, 0.0, 0.25, 0.5, 1.0}),
            (std::vector<double>{7.75, 1, 2.5, 5, 10}));
}

TEST(ColumnStatistics, QuantilesAgreeWithSortingForAnySample) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RngStream rng = Rng(seed).stream("test");
    std::vector<double> values;
    std::vector<long double> exact;
    for (std::uint64_t i = 0; i <= seed; ++i) {
      values.push_back(std::round(10 * rng.normal()));
      exact.push_back(values.back());
    }
    for (const double share : {0.0, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0}) {
      EXPECT_NEAR(quantiles(values, std::array{share}).front(),
                  static_cast<double>(plain_quantile(exact, share)), 1e-12);
    }
    EXPECT_NEAR(median(values), static_cast<double>(plain_quantile(exact, 0.5L)), 1e-12);
  }
}

TEST(ColumnStatistics, FractionsOfRangesBeyondDouble) {
  EXPECT_EQ(fraction_between(0, -1.7e308, 1.7e308), 0.5);
  EXPECT_EQ(fraction_between(3, 2, 6), 0.25);
}

}  // namespace
}  // namespace regimetry::features
