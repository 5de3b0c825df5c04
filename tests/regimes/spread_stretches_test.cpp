#include "regimes/spread_stretches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace regimetry::regimes {
namespace {

// Row t holds t.
MatrixF counted_rows(std::int64_t count) {
  MatrixF values(count, 1);
  for (std::int64_t t = 0; t < count; ++t) values(t, 0) = static_cast<float>(t);
  return values;
}

TEST(SpreadStretches, TakesAllRowsOfAShortHistory) {
  const MatrixF values = counted_rows(10);
  const std::vector<IndexRange> sequences = {{0, 4}, {4, 10}};
  const SpreadStretches stretches({values, sequences}, 10);
  EXPECT_EQ(MatrixF(stretches.rows().values), values);
  ASSERT_EQ(stretches.rows().sequences.size(), 2U);
  EXPECT_EQ(stretches.rows().sequences[1].begin, 4);
}

TEST(SpreadStretches, SpreadsStretchesFromTheFirstRowToTheLast) {
  const MatrixF values = counted_rows(10'000);
  const std::vector<IndexRange> sequences = {{0, 10'000}};
  const SpreadStretches stretches({values, sequences}, 1'700);
  const RegimeRows rows = stretches.rows();
  ASSERT_EQ(rows.values.rows(), 1'500);  // three stretches
  EXPECT_EQ(rows.values(0, 0), 0);
  EXPECT_EQ(rows.values(500, 0), 4'750);
  EXPECT_EQ(rows.values(1'499, 0), 9'999);
  ASSERT_EQ(rows.sequences.size(), 3U) << "nobody follows from one stretch to the next";
}

// A market that is left out would have no say in how many regimes there are.
TEST(SpreadStretches, TakesAStretchOfEveryInstrument) {
  const MatrixF values = counted_rows(40 * 500);
  std::vector<IndexRange> sequences;
  for (std::int64_t i = 0; i < 40; ++i) sequences.push_back({i * 500, (i + 1) * 500});
  const SpreadStretches stretches({values, sequences}, 4'000);
  const RegimeRows rows = stretches.rows();
  ASSERT_EQ(rows.sequences.size(), 40U);
  std::set<std::int64_t> places;
  for (std::size_t i = 0; i < 40; ++i) {
    const IndexRange& range = rows.sequences[i];
    EXPECT_EQ(range.size(), 100);
    const auto first = static_cast<std::int64_t>(rows.values(range.begin, 0));
    const auto last = static_cast<std::int64_t>(rows.values(range.end - 1, 0));
    EXPECT_EQ(first / 500, static_cast<std::int64_t>(i));
    EXPECT_EQ(last - first, 99);
    places.insert(first % 500 / 100);
  }
  EXPECT_EQ(places.size(), 4U) << "at different times";
}

TEST(SpreadStretches, TakesEveryNthOfVeryManyInstruments) {
  const MatrixF values = counted_rows(1'000 * 60);
  std::vector<IndexRange> sequences;
  for (std::int64_t i = 0; i < 1'000; ++i) sequences.push_back({i * 60, (i + 1) * 60});
  const SpreadStretches stretches({values, sequences}, 6'000);
  EXPECT_EQ(stretches.rows().sequences.size(), 120U);
  EXPECT_GE(stretches.rows().values(5'999, 0), 59'000);
}

}  // namespace
}  // namespace regimetry::regimes
