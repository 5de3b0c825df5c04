#include "regimes/kmeans/lloyd.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {
namespace {

MatrixF column(std::initializer_list<float> values) {
  MatrixF matrix(static_cast<std::int64_t>(values.size()), 1);
  std::copy(values.begin(), values.end(), matrix.data());
  return matrix;
}

LloydResult run(const MatrixF& values, const MatrixD& centers, const LloydLimits& limits = {}) {
  ThreadPool pool(1);
  return run_lloyd(values, RowBlocks(values), centers, limits, pool);
}

TEST(Lloyd, FindsTheMeansOfTwoPairs) {
  MatrixD centers(2, 1);
  centers << 0, 1;
  const LloydResult result = run(column({0, 2, 10, 12}), centers);
  EXPECT_EQ(result.labels, (std::vector<std::int32_t>{0, 0, 1, 1}));
  EXPECT_EQ(result.centers(0, 0), 1);
  EXPECT_EQ(result.centers(1, 0), 11);
  EXPECT_EQ(result.objective, 4);
  EXPECT_TRUE(result.has_converged);
}

TEST(Lloyd, GivesARowBetweenTwoCentersToTheFirst) {
  MatrixD centers(2, 1);
  centers << -1, 1;
  EXPECT_EQ(run(column({-1, 0, 1}), centers, {1, 0}).labels[1], 0);
}

TEST(Lloyd, BeginsALostClusterAtTheFarthestRow) {
  // Nobody is nearest to 1000; the row farthest from its centre is 10.
  MatrixD centers(2, 1);
  centers << 0, 1000;
  const LloydResult result = run(column({0, 1, 2, 10}), centers);
  EXPECT_EQ(result.labels, (std::vector<std::int32_t>{0, 0, 0, 1}));
  EXPECT_EQ(result.centers(1, 0), 10);
  EXPECT_EQ(result.objective, 2);
}

TEST(Lloyd, LeavesNoLabelWithoutRowsWhenItStopsAtItsLimit) {
  MatrixD centers(3, 1);
  centers << 0, 1000, 2000;
  for (const std::int64_t limit : {1, 2}) {
    const LloydResult result = run(column({0, 1, 2, 10, 11, 12}), centers, {limit, 0});
    std::vector<int> counts(3);
    double objective = 0;
    for (std::size_t row = 0; row < 6; ++row) {
      ++counts[static_cast<std::size_t>(result.labels[row])];
      const double values[] = {0, 1, 2, 10, 11, 12};
      objective += std::pow(values[row] - result.centers(result.labels[row], 0), 2);
    }
    for (const int count : counts) EXPECT_GT(count, 0) << limit;
    EXPECT_NEAR(result.objective, objective, 1e-12) << limit;
  }
}

TEST(Lloyd, StopsWhenCentersMoveLittle) {
  MatrixD centers(2, 1);
  centers << 0, 1;
  const MatrixF values = column({0, 2, 10, 12});
  EXPECT_EQ(run(values, centers, {300, 1e6}).iterations, 1);
  const LloydResult stopped = run(values, centers, {1, 0});
  EXPECT_FALSE(stopped.has_converged);
  EXPECT_EQ(stopped.iterations, 1);
}

TEST(Lloyd, HasTheSameBitsOnAnyNumberOfThreads) {
  CountedNumbers numbers(4);
  MatrixF values(10'000, 7);
  for (std::int64_t i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(numbers.normal());
  const MatrixD centers = values.topRows(9).cast<double>();
  const RowBlocks blocks(values);
  ThreadPool one(1), three(3);
  const LloydResult first = run_lloyd(values, blocks, centers, {20, 0}, one);
  const LloydResult second = run_lloyd(values, blocks, centers, {20, 0}, three);
  EXPECT_EQ(first.labels, second.labels);
  EXPECT_EQ(std::memcmp(first.centers.data(), second.centers.data(), 9 * 7 * sizeof(double)), 0);
  EXPECT_EQ(first.objective, second.objective);
}

}  // namespace
}  // namespace regimetry::regimes
