#include "regimes/hidden_markov/forward_backward.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/rng.hpp"
#include "regimes/hidden_markov/all_paths.hpp"

namespace regimetry::regimes {
namespace {

MatrixD random_densities(int rows, int columns) {
  RngStream stream(5);
  MatrixD densities(rows, columns);
  for (Eigen::Index i = 0; i < densities.size(); ++i) densities.data()[i] = stream.uniform();
  return densities;
}

std::span<const double> cells(const MatrixD& matrix) {
  return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

void expect_near(std::span<const double> values, const MatrixD& expected, Eigen::Index first_row) {
  for (Eigen::Index i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(values[static_cast<std::size_t>(first_row * expected.cols() + i)], expected.data()[i], 1e-13);
}

TEST(ForwardBackward, AgreesWithAllPathsAndNeverLooksAcrossSequences) {
  const HiddenMarkovLaw law = three_regimes();
  const MatrixD densities = random_densities(12, 3);
  const std::vector<IndexRange> sequences = {{0, 7}, {7, 8}, {8, 12}};
  ForwardBackward chain(sequences, 3);
  const double log_likelihood = chain.forward(law, cells(densities));
  chain.backward(law, cells(densities));
  double expected = 0;
  MatrixD counts = MatrixD::Zero(3, 3);
  for (const IndexRange& rows : sequences) {
    const AllPaths paths(law, densities.middleRows(rows.begin, rows.size()));
    expected += std::log(paths.likelihood);
    counts += paths.transition_counts;
    expect_near(chain.smoothed(), paths.smoothed, rows.begin);
  }
  EXPECT_NEAR(log_likelihood, expected, 1e-12);
  for (Eigen::Index i = 0; i < 9; ++i)
    EXPECT_NEAR(chain.transition_counts().data()[i], counts.data()[i], 1e-12);
  EXPECT_NEAR(chain.transition_counts().sum(), 6 + 0 + 3, 1e-12);
  EXPECT_NEAR(chain.initial_counts().sum(), 3, 1e-12);
}

TEST(ForwardBackward, FiltersAsThePrefixDoes) {
  // Smoothed and filtered are the same at a sequence's last row, so each prefix tells what filtering must
  // say.
  const HiddenMarkovLaw law = three_regimes();
  const MatrixD densities = random_densities(9, 3);
  const std::vector<IndexRange> whole = {{0, 9}};
  ForwardBackward chain(whole, 3);
  (void)chain.forward(law, cells(densities));
  for (Eigen::Index length = 1; length <= 9; ++length) {
    const AllPaths paths(law, densities.topRows(length));
    expect_near(chain.filtered().subspan(static_cast<std::size_t>(3 * (length - 1)), 3),
                paths.smoothed.bottomRows(1), 0);
  }
}

TEST(ForwardBackward, IsRightForAnyNumberOfRegimes) {
  // One to six have loops of their own. All chances equal: each row speaks for itself.
  for (int count = 1; count <= 9; ++count) {
    HiddenMarkovLaw law = three_regimes();
    law.components.means = MatrixD::Zero(count, 1);
    law.initial = Eigen::VectorXd::Constant(count, 1.0 / count);
    law.transition = MatrixD::Constant(count, count, 1.0 / count);
    const MatrixD densities = random_densities(5, count);
    const std::vector<IndexRange> whole = {{0, 5}};
    ForwardBackward chain(whole, count);
    double expected = 0;
    for (Eigen::Index row = 0; row < 5; ++row) expected += std::log(densities.row(row).mean());
    EXPECT_NEAR(chain.forward(law, cells(densities)), expected, 1e-12) << count;
    chain.backward(law, cells(densities));
    MatrixD shares = densities;
    for (Eigen::Index row = 0; row < 5; ++row) shares.row(row) /= densities.row(row).sum();
    expect_near(chain.smoothed(), shares, 0);
  }
}

TEST(ForwardBackward, StaysFiniteWithTheLeastChancesAndContradictingRows) {
  HiddenMarkovLaw law = three_regimes().selected({0, 1});
  law.transition << 1 - kLeastChance, kLeastChance, kLeastChance, 1 - kLeastChance;
  const int rows = 100000;
  MatrixD densities = MatrixD::Zero(rows, 2);
  for (int row = 0; row < rows; ++row) densities(row, row % 2) = 1;
  const std::vector<IndexRange> whole = {{0, rows}};
  ForwardBackward chain(whole, 2);
  EXPECT_NEAR(chain.forward(law, cells(densities)),
              (rows - 1) * std::log(kLeastChance) + std::log(law.initial(0)), 1e-3);
  chain.backward(law, cells(densities));
  for (int row = 0; row < rows; ++row)
    ASSERT_EQ(chain.smoothed()[static_cast<std::size_t>(2 * row + row % 2)], 1.0) << row;
}

}  // namespace
}  // namespace regimetry::regimes
