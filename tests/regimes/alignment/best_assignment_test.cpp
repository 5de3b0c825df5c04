#include "regimes/alignment/best_assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

using Columns = std::vector<std::int64_t>;

double total_of(const MatrixD& benefit, const Columns& column_of) {
  double total = 0;
  for (std::size_t row = 0; row < column_of.size(); ++row) {
    if (column_of[row] >= 0) total += benefit(static_cast<Eigen::Index>(row), column_of[row]);
  }
  return total;
}

// The best total over all ways there are.
double brute_force(const MatrixD& benefit) {
  if (benefit.rows() > benefit.cols()) return brute_force(benefit.transpose());
  Columns order(static_cast<std::size_t>(benefit.cols()));
  std::iota(order.begin(), order.end(), 0);
  double best = -1e300;
  do {
    double total = 0;
    for (Eigen::Index row = 0; row < benefit.rows(); ++row)
      total += benefit(row, order[static_cast<std::size_t>(row)]);
    best = std::max(best, total);
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

MatrixD random_benefit(Eigen::Index rows, Eigen::Index columns, std::uint64_t bound, std::uint64_t key) {
  RngStream stream(key);
  MatrixD benefit(rows, columns);
  for (double& value : benefit.reshaped<Eigen::RowMajor>())
    value = static_cast<double>(stream.below(bound)) - static_cast<double>(bound / 4);
  return benefit;
}

TEST(BestAssignment, GivesUpTheBestSingleChoiceForTheBestSum) {
  MatrixD benefit(2, 2);
  benefit << 10, 9, 9, 1;  // 9 + 9 beats 10 + 1
  EXPECT_EQ(best_assignment(benefit), (Columns{1, 0}));
}

TEST(BestAssignment, LeavesOutTheLeastUsefulRowWhenThereAreTooMany) {
  MatrixD benefit(3, 2);
  benefit << 5, 1, 6, 2, 1, 7;
  EXPECT_EQ(best_assignment(benefit), (Columns{-1, 0, 1}));
  EXPECT_EQ(best_assignment(benefit.transpose()), (Columns{1, 2}));
}

TEST(BestAssignment, HandlesNothing) {
  EXPECT_TRUE(best_assignment(MatrixD(0, 0)).empty());
  EXPECT_TRUE(best_assignment(MatrixD(0, 3)).empty());
  EXPECT_EQ(best_assignment(MatrixD(2, 0)), (Columns{-1, -1}));
}

TEST(BestAssignment, IsAsGoodAsTryingEverything) {
  std::uint64_t key = 0;
  for (Eigen::Index rows = 1; rows <= 6; ++rows) {
    for (Eigen::Index columns = 1; columns <= 6; ++columns) {
      for (const std::uint64_t bound : {2, 5, 1000}) {  // few values make ties
        const MatrixD benefit = random_benefit(rows, columns, bound, ++key);
        const Columns column_of = best_assignment(benefit);
        Columns used = column_of;
        std::erase(used, -1);
        ASSERT_EQ(static_cast<Eigen::Index>(used.size()), std::min(rows, columns));
        std::sort(used.begin(), used.end());
        ASSERT_EQ(std::unique(used.begin(), used.end()), used.end());
        EXPECT_EQ(total_of(benefit, column_of), brute_force(benefit)) << rows << "x" << columns << " " << key;
      }
    }
  }
}

TEST(BestAssignment, FindsAHiddenPermutationAmongManyRows) {
  MatrixD benefit = random_benefit(200, 200, 1000, 5);
  RngStream stream(6);
  const Columns hidden = stream.permutation(200);
  for (Eigen::Index row = 0; row < 200; ++row) benefit(row, hidden[static_cast<std::size_t>(row)]) = 5000;
  EXPECT_EQ(best_assignment(benefit), hidden);
}

}  // namespace
}  // namespace regimetry::regimes
