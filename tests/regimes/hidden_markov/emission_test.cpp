#include "regimes/hidden_markov/emission.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "regimes/hidden_markov/forward_backward.hpp"
#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {
namespace {

// The laws of golden_hidden_markov.py.
HiddenMarkovLaw golden_law(std::vector<double> student_dof) {
  HiddenMarkovLaw law{Eigen::VectorXd(2),
                      MatrixD(2, 2),
                      {CovarianceShape::kFull, MatrixD(2, 2), MatrixD(4, 2)},
                      std::move(student_dof)};
  law.initial << 0.75, 0.25;
  law.transition << 0.875, 0.125, 0.25, 0.75;
  law.components.means << 1, -1, 0, 0;
  law.components.covariances << 2, 0.6, 0.6, 0.5, 1, 0, 0, 1;
  return law;
}

double density_of(const HiddenMarkovLaw& law, std::array<float, 2> row) {
  std::array<double, 2> logs;
  Emission(law).log_densities_of(row, logs);
  return logs[0];
}

TEST(Emission, GaussianAgreesWithSciPy) {
  const HiddenMarkovLaw law = golden_law({});
  EXPECT_NEAR(density_of(law, {1, -1}), -1.6147335150951356, 1e-14);
  EXPECT_NEAR(density_of(law, {0, 0}), -4.5053585150951365, 1e-14);
  EXPECT_NEAR(density_of(law, {1e6F, -3}) / -390626093756.38055, 1, 1e-14);
}

TEST(Emission, StudentAgreesWithSciPy) {
  EXPECT_NEAR(density_of(golden_law({2.5, 5}), {1, -1}), -1.6147335150951356, 1e-13);
  EXPECT_NEAR(density_of(golden_law({2.5, 5}), {0, 0}), -4.309565695547903, 1e-13);
  EXPECT_NEAR(density_of(golden_law({2.5, 5}), {1e6F, -3}), -61.16744800389742, 1e-12);
  EXPECT_NEAR(density_of(golden_law({100, 5}), {0, 0}), -4.4810914395815615, 1e-13);
  EXPECT_NEAR(density_of(golden_law({100, 5}), {1e6F, -3}), -1163.343409774501, 1e-11);
}

MatrixF golden_rows() {
  CountedNumbers numbers(3);
  MatrixF rows(60, 2);
  for (Eigen::Index i = 0; i < rows.size(); ++i) rows.data()[i] = static_cast<float>(numbers.normal());
  return rows;
}

double log_likelihood(const HiddenMarkovLaw& law) {
  const RowColumns rows(golden_rows());
  EmissionTable table;
  Emission(law).fill(rows, table);
  const std::vector<IndexRange> sequences = {{0, 40}, {40, 60}};
  ForwardBackward chain(sequences, 2);
  return chain.forward(law, table.relative) + table.log_greatest;
}

TEST(Emission, GivesTheLogLikelihoodThatNumPyFindsByTheDefinition) {
  EXPECT_NEAR(log_likelihood(golden_law({})), -181.22483127117624, 1e-10);
  EXPECT_NEAR(log_likelihood(golden_law({5, 5})), -185.96540717314747, 1e-10);
}

TEST(Emission, ARowByItselfHasTheBitsOfARowAmongOthers) {
  // More rows than a block holds.
  MatrixF values(700, 2);
  for (Eigen::Index row = 0; row < 700; ++row)
    values.row(row) = golden_rows().row(row % 60) * static_cast<float>(row);
  for (const HiddenMarkovLaw& law : {golden_law({}), golden_law({2.5, 7})}) {
    const Emission emission(law);
    const MatrixD logs = emission.log_densities(RowColumns(values));
    for (Eigen::Index row = 0; row < 700; ++row) {
      std::array<double, 2> alone;
      emission.log_densities_of({values.row(row).data(), 2}, alone);
      ASSERT_EQ(alone[0], logs(row, 0)) << row;
      ASSERT_EQ(alone[1], logs(row, 1)) << row;
    }
  }
}

TEST(Emission, TableHoldsDensitiesOverTheGreatest) {
  const HiddenMarkovLaw law = golden_law({});
  const RowColumns rows(golden_rows());
  EmissionTable table;
  Emission(law).fill(rows, table);
  const MatrixD logs = Emission(law).log_densities(rows);
  double greatest = 0;
  for (Eigen::Index row = 0; row < 60; ++row) {
    greatest += logs.row(row).maxCoeff();
    for (Eigen::Index k = 0; k < 2; ++k)
      EXPECT_NEAR(table.relative[static_cast<std::size_t>(2 * row + k)],
                  std::exp(logs(row, k) - logs.row(row).maxCoeff()), 1e-14);
  }
  EXPECT_NEAR(table.log_greatest, greatest, 1e-10);
}

}  // namespace
}  // namespace regimetry::regimes
