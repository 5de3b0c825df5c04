// Rows drawn from a hidden Markov model, and the regimes that drew them.
#pragma once

#include <cmath>
#include <vector>

#include "core/rng.hpp"
#include "regimes/hidden_markov/hidden_markov_law.hpp"

namespace regimetry::regimes {

struct SimulatedRows {
  MatrixF values;                   // [N, 1]
  std::vector<std::int32_t> truth;  // [N]
};

// One column; Student-t draws where the law has degrees of freedom.
inline SimulatedRows simulate_rows(const HiddenMarkovLaw& law, int row_count, std::uint64_t key) {
  RngStream stream(key);
  SimulatedRows result{MatrixF(row_count, 1), {}};
  const auto draw = [&](const auto& chances) {
    const std::vector<double> weights(chances.data(), chances.data() + chances.size());
    return static_cast<std::int32_t>(stream.categorical(weights));
  };
  std::int32_t regime = draw(law.initial);
  for (int row = 0; row < row_count; ++row) {
    if (row > 0) regime = draw(Eigen::RowVectorXd(law.transition.row(regime)));
    const double noise = law.student_dof.empty()
                             ? stream.normal()
                             : stream.student_t(law.student_dof[static_cast<std::size_t>(regime)]);
    result.values(row, 0) = static_cast<float>(law.components.means(regime, 0) +
                                               std::sqrt(law.components.covariances(regime, 0)) * noise);
    result.truth.push_back(regime);
  }
  return result;
}

// A calm regime and a wild one, each lasting a hundred rows.
inline HiddenMarkovLaw calm_and_wild() {
  HiddenMarkovLaw law{Eigen::VectorXd::Constant(2, 0.5),
                      MatrixD(2, 2),
                      {CovarianceShape::kFull, MatrixD(2, 1), MatrixD(2, 1)},
                      {}};
  law.transition << 0.99, 0.01, 0.01, 0.99;
  law.components.means << 0.2, -0.3;
  law.components.covariances << 0.25, 4;
  return law;
}

}  // namespace regimetry::regimes
