#include "regimes/structure/markov_chain.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

using Shares = std::vector<double>;

MatrixD random_chain(int size, std::uint64_t key) {
  RngStream stream(key);
  MatrixD matrix(size, size);
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < size; ++column) matrix(row, column) = stream.exponential();
    matrix.row(row) /= matrix.row(row).sum();
  }
  return matrix;
}

TEST(StationaryDistribution, WeighsBothRegimesByHowSeldomTheyAreLeft) {
  MatrixD matrix(2, 2);
  matrix << 0.9, 0.1, 0.3, 0.7;
  const Shares shares = stationary_distribution(matrix, Shares{0.5, 0.5});
  EXPECT_DOUBLE_EQ(shares[0], 0.75);
  EXPECT_DOUBLE_EQ(shares[1], 0.25);
}

TEST(StationaryDistribution, StaysWhereItIsAfterAStep) {
  const MatrixD matrix = random_chain(12, 4);
  const Shares shares = stationary_distribution(matrix, Shares(12, 1.0 / 12));
  const Eigen::Map<const Eigen::RowVectorXd> row(shares.data(), 12);
  EXPECT_LT((row * matrix - row).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_NEAR(row.sum(), 1, 1e-15);
}

TEST(StationaryDistribution, NeedsNoMixing) {
  MatrixD matrix(2, 2);
  matrix << 0, 1, 1, 0;  // two bars, to and fro for ever
  EXPECT_EQ(stationary_distribution(matrix, Shares{1, 0}), (Shares{0.5, 0.5}));
}

TEST(StationaryDistribution, WeighsSeparateGroupsByTheChanceToEndInThem) {
  // 0 leads to 1 with 1/3 and to the pair (2, 3) with 2/3; nothing leads back.
  MatrixD matrix(4, 4);
  matrix << 0.4, 0.2, 0.4, 0, 0, 1, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5;
  // Not two halves: g++ 12 makes {.5, .5, .5, .5} of {.5, .5, 0, 0} with AVX-512.
  const Shares shares = stationary_distribution(matrix, Shares{0.75, 0.25, 0, 0});
  EXPECT_EQ(shares[0], 0);
  EXPECT_NEAR(shares[1], 0.75 / 3 + 0.25, 1e-15);
  EXPECT_NEAR(shares[2], 0.75 / 3, 1e-15);
  EXPECT_NEAR(shares[3], 0.75 / 3, 1e-15);
}

TEST(StationaryDistribution, TakesAZeroRowForARegimeThatIsNeverLeft) {
  MatrixD matrix(3, 3);
  matrix << 0.5, 0.5, 0, 0, 0, 0, 0, 0, 0;
  EXPECT_EQ(stationary_distribution(matrix, Shares{1, 0, 0}), (Shares{0, 1, 0}));
}

TEST(StationaryDistribution, KeepsTheDigitsOfARareRegime) {
  MatrixD matrix(2, 2);
  matrix << 1 - 1e-12, 1e-12, 0.5, 0.5;
  EXPECT_NEAR(stationary_distribution(matrix, Shares{1, 0})[1] / 2e-12, 1, 1e-11);
}

TEST(MeanFirstPassage, IsTheMeanOfAGeometricWait) {
  MatrixD matrix(2, 2);
  matrix << 0.9, 0.1, 0.25, 0.75;
  const MatrixD times = mean_first_passage(matrix);
  EXPECT_NEAR(times(0, 1), 10, 1e-12);
  EXPECT_NEAR(times(1, 0), 4, 1e-12);
  EXPECT_NEAR(times(0, 0), 1 + 0.1 * 4, 1e-12);
}

TEST(MeanFirstPassage, ReturnsAsOftenAsTheLongRunSays) {
  const MatrixD matrix = random_chain(9, 8);
  const MatrixD times = mean_first_passage(matrix);
  const Shares shares = stationary_distribution(matrix, Shares(9, 1.0 / 9));
  for (int k = 0; k < 9; ++k) EXPECT_NEAR(times(k, k) * shares[static_cast<std::size_t>(k)], 1, 1e-12);
}

TEST(MeanFirstPassage, IsInfiniteWhereTheChainMayNeverArrive) {
  // From 0 to 1 or to 2 for ever.
  MatrixD matrix(3, 3);
  matrix << 0, 0.5, 0.5, 0, 1, 0, 0, 0, 0;
  const MatrixD times = mean_first_passage(matrix);
  EXPECT_TRUE(std::isinf(times(0, 1)));
  EXPECT_TRUE(std::isinf(times(0, 2)));
  EXPECT_TRUE(std::isinf(times(0, 0)));
  EXPECT_TRUE(std::isinf(times(1, 0)));
  EXPECT_EQ(times(1, 1), 1);
  EXPECT_EQ(times(2, 2), 1);
}

TEST(MeanFirstPassage, IsNotSpoiltByWhatLiesBehindTheTarget) {
  // 0 -> 1 -> 2 for ever: 1 is met for certain, although it may be left to where it is out of reach.
  MatrixD matrix(3, 3);
  matrix << 0.5, 0.5, 0, 0, 0, 1, 0, 0, 1;
  const MatrixD times = mean_first_passage(matrix);
  EXPECT_EQ(times(0, 1), 2);
  EXPECT_EQ(times(0, 2), 3);
}

}  // namespace
}  // namespace regimetry::regimes
