#include "regimes/structure/transitions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;
using Sequences = std::vector<IndexRange>;

MatrixD matrix_of(const Labels& labels, const Sequences& sequences) {
  return transition_matrix(count_transitions(list_transitions(labels, sequences), regime_count_of(labels)));
}

TEST(Transitions, CountsNeighboursAndDividesByTheRow) {
  MatrixD expected(2, 2);
  expected << 2.0 / 3, 1.0 / 3, 1, 0;
  EXPECT_EQ(matrix_of({0, 0, 0, 1, 0}, {{0, 5}}), expected);
}

TEST(Transitions, LeadFromNoInstrumentToTheNext) {
  MatrixD expected(2, 2);
  expected << 1, 0, 0, 1;
  EXPECT_EQ(matrix_of({0, 0, 1, 1}, {{0, 2}, {2, 4}}), expected);
}

TEST(Transitions, DoNotBridgeRowsWithoutALabel) {
  EXPECT_EQ(list_transitions(Labels{-1, 0, -1, 1, 1}, Sequences{{0, 5}}).size(), 1U);
}

TEST(Transitions, KeepRowsForNumbersThatDoNotOccur) {
  const MatrixD matrix = matrix_of({0, 1, 3, 0, 0}, {{0, 5}});
  ASSERT_EQ(matrix.rows(), 4);
  EXPECT_TRUE(matrix.row(2).isZero(0));
  EXPECT_TRUE(matrix.col(2).isZero(0));
  EXPECT_EQ(matrix.row(0).sum(), 1);
}

TEST(Transitions, LeaveTheRowOfARegimeThatEndsTheDataAtZero) {
  EXPECT_TRUE(matrix_of({0, 0, 1}, {{0, 3}}).row(1).isZero(0));
}

TEST(Transitions, RefuseLabelsThatAreNoRegimes) {
  EXPECT_EQ(regime_count_of(Labels{-1, -7}), 0);
  EXPECT_EQ(regime_count_of(Labels{99}), 100);
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [] {
                           (void)regime_count_of(Labels{0, 2018});
                         }),
              testing::HasSubstr("label 2018 is no regime"));
}

}  // namespace
}  // namespace regimetry::regimes
