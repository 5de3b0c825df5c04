#include "regimes/model/memory_length.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

// Sums of the last `window` draws: the autocorrelation falls to nothing over that many rows.
MatrixF moving_sums(std::int64_t count, std::int64_t window) {
  RngStream stream(3);
  std::vector<double> draws;
  for (std::int64_t i = 0; i < count + window; ++i) draws.push_back(stream.normal());
  MatrixF values(count, 1);
  for (std::int64_t row = 0; row < count; ++row) {
    double sum = 0;
    for (std::int64_t i = 0; i < window; ++i) sum += draws[static_cast<std::size_t>(row + i)];
    values(row, 0) = static_cast<float>(sum);
  }
  return values;
}

std::int64_t length_of(const MatrixF& values) {
  const std::vector<IndexRange> sequences = {{0, values.rows()}};
  return memory_length({values, sequences});
}

TEST(MemoryLength, OfNoiseIsOneRow) {
  EXPECT_EQ(length_of(moving_sums(3000, 1)), 1);
}

TEST(MemoryLength, IsAboutTheRowsThatAFeatureLooksBackOver) {
  const std::int64_t length = length_of(moving_sums(20000, 60));
  EXPECT_GE(length, 45);
  EXPECT_LE(length, 85);
}

TEST(MemoryLength, IsThatOfTheSlowestColumn) {
  MatrixF values(20000, 2);
  values << moving_sums(20000, 60), moving_sums(20000, 1);
  EXPECT_EQ(length_of(values), length_of(moving_sums(20000, 60)));
}

TEST(MemoryLength, LeavesRowsToCompareWhenAColumnTrends) {
  MatrixF values(400, 1);
  for (int row = 0; row < 400; ++row) values(row, 0) = static_cast<float>(row);
  EXPECT_LE(length_of(values), 100);
  EXPECT_GE(length_of(values), 50);
}

TEST(MemoryLength, DoesNotReachFromOneSequenceIntoTheNext) {
  const MatrixF values = moving_sums(400, 60);
  std::vector<IndexRange> pairs;
  for (std::int64_t row = 0; row < 400; row += 2) pairs.push_back({row, row + 2});
  EXPECT_EQ(memory_length({values, pairs}), 1);
}

TEST(MemoryLength, OfAConstantColumnIsOneRow) {
  EXPECT_EQ(length_of(MatrixF::Constant(50, 1, 2)), 1);
}

}  // namespace
}  // namespace regimetry::regimes
