#include "regimes/mixture/start_labels.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace regimetry::regimes {
namespace {

TEST(LabelsFromRows, AreThoseOfTheNearestDrawnRow) {
  MatrixF values(90, 1);
  for (Eigen::Index row = 0; row < 90; ++row)
    values(row, 0) = 1000.0F * static_cast<float>(row % 3) + static_cast<float>(row);
  RngStream stream(1);
  const std::vector<std::int32_t> labels = labels_from_rows(values, RowBlocks(values), 3, stream);
  EXPECT_EQ(std::set<std::int32_t>(labels.begin(), labels.begin() + 3).size(), 3U);
  for (std::size_t row = 3; row < 90; ++row) EXPECT_EQ(labels[row], labels[row % 3]) << row;
}

TEST(LabelsFromStretches, TellStretchesApartBySpreadAlone) {
  // Mean 0 throughout; every other stretch of ten rows swings ten times as far. The second sequence starts
  // anew.
  MatrixF values(74, 1);
  for (Eigen::Index row = 0; row < 74; ++row) {
    const Eigen::Index within = row < 44 ? row : row - 44;
    values(row, 0) = (row % 2 == 0 ? 1.0F : -1.0F) * (within / 10 % 2 == 0 ? 1.0F : 10.0F);
  }
  const std::vector<IndexRange> sequences = {{0, 44}, {44, 74}};
  RngStream stream(2);
  const std::vector<std::int32_t> labels = labels_from_stretches({values, sequences}, 10, 2, stream);
  for (std::size_t row = 0; row < 74; ++row) {
    const std::size_t within = row < 44 ? row : row - 44;
    EXPECT_EQ(labels[row], within / 10 % 2 == 0 ? labels[0] : 1 - labels[0]) << row;
  }
}

}  // namespace
}  // namespace regimetry::regimes
