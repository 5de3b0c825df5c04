#include "regimes/jump/jump_path.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

std::vector<std::int32_t> solve(const Eigen::ArrayXXd& losses, double penalty, double* cost = nullptr) {
  std::vector<std::int32_t> labels(static_cast<std::size_t>(losses.rows()));
  JumpPath path;
  const double found = path.solve(losses, penalty, labels);
  if (cost != nullptr) *cost = found;
  return labels;
}

TEST(JumpPath, IsTheCheapestOfAllPaths) {
  for (const Eigen::Index regimes : {1, 2, 3, 4, 7}) {
    const Eigen::Index rows = regimes > 4 ? 5 : 7;
    for (const double penalty : {0.0, 0.3, 1.0, 5.0}) {
      const Eigen::ArrayXXd losses = random_losses(rows, regimes, static_cast<std::uint64_t>(regimes));
      double least = std::numeric_limits<double>::infinity(), cost = 0;
      for_every_path(rows, regimes, [&](std::span<const std::int32_t> labels) {
        least = std::min(least, path_cost(losses, penalty, labels));
      });
      const std::vector<std::int32_t> labels = solve(losses, penalty, &cost);
      EXPECT_NEAR(cost, least, 1e-12) << regimes << " " << penalty;
      EXPECT_NEAR(path_cost(losses, penalty, labels), least, 1e-12) << regimes << " " << penalty;
    }
  }
}

TEST(JumpPath, TakesEveryRowByItselfWhenSwitchesAreFree) {
  const Eigen::ArrayXXd losses = random_losses(300, 5, 1);
  const std::vector<std::int32_t> labels = solve(losses, 0);
  for (Eigen::Index t = 0; t < losses.rows(); ++t) {
    Eigen::Index best = 0;
    losses.row(t).minCoeff(&best);
    ASSERT_EQ(labels[static_cast<std::size_t>(t)], best) << t;
  }
}

TEST(JumpPath, NeverSwitchesAtAnInfinitePenalty) {
  const Eigen::ArrayXXd losses = random_losses(300, 3, 2);
  double cost = 0;
  const std::vector<std::int32_t> labels = solve(losses, std::numeric_limits<double>::infinity(), &cost);
  EXPECT_EQ(switches_in(labels), 0);
  EXPECT_NEAR(cost, losses.colwise().sum().minCoeff(), 1e-9);
}

TEST(JumpPath, StaysWhereStayingCostsNoMore) {
  Eigen::ArrayXXd losses(4, 2);
  losses << 0, 1, 1, 0, 0, 1, 0, 1;  // leaving for row 1 and coming back would save 1 and cost 1
  EXPECT_EQ(solve(losses, 0.5), (std::vector<std::int32_t>{0, 0, 0, 0}));
  EXPECT_EQ(solve(losses, 0.4), (std::vector<std::int32_t>{0, 1, 0, 0}));
}

TEST(JumpRecursion, NamesTheLastRowOfThePathSoFar) {
  for (const Eigen::Index regimes : {2, 3, 8}) {
    const Eigen::ArrayXXd losses = random_losses(200, regimes, 3);
    JumpRecursion recursion(static_cast<int>(regimes), 1.5);
    for (Eigen::Index t = 0; t < losses.rows(); ++t) {
      std::vector<double> row;
      for (Eigen::Index k = 0; k < regimes; ++k) row.push_back(losses(t, k));
      recursion.push(row);
      ASSERT_EQ(recursion.label(), solve(losses.topRows(t + 1), 1.5).back()) << t;
    }
  }
}

}  // namespace
}  // namespace regimetry::regimes
