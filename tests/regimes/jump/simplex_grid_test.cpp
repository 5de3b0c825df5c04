#include "regimes/jump/simplex_grid.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace regimetry::regimes {
namespace {

TEST(SimplexGrid, HoldsEveryMixtureOnce) {
  for (const auto& [regimes, steps, points] :
       std::vector<std::tuple<int, int, int>>{{1, 5, 1}, {2, 20, 21}, {3, 20, 231}, {3, 2, 6}, {4, 6, 84}}) {
    const MatrixD grid = simplex_grid(regimes, steps);
    ASSERT_EQ(grid.rows(), points);
    ASSERT_EQ(grid.cols(), regimes);
    std::set<std::vector<double>> distinct;
    for (Eigen::Index row = 0; row < grid.rows(); ++row) {
      EXPECT_NEAR(grid.row(row).sum(), 1, 1e-12);
      EXPECT_GE(grid.row(row).minCoeff(), 0);
      distinct.insert({grid.row(row).begin(), grid.row(row).end()});
    }
    EXPECT_EQ(distinct.size(), static_cast<std::size_t>(points));
  }
}

TEST(SimplexSteps, AreAsFineAsThePointsAllow) {
  EXPECT_EQ(simplex_steps(2, 100), 20);
  EXPECT_EQ(simplex_steps(3, 100), 12);  // 91 points; 13 steps would make 105
  EXPECT_EQ(simplex_steps(4, 100), 6);   // 84; 7 would make 120
  EXPECT_EQ(simplex_steps(4, 1), 2);
}

}  // namespace
}  // namespace regimetry::regimes
