// Small hidden Markov models answered by going through every path of regimes there is.
#pragma once

#include <cmath>
#include <vector>

#include "regimes/hidden_markov/hidden_markov_law.hpp"

namespace regimetry::regimes {

struct AllPaths {
  double likelihood = 0;
  MatrixD smoothed;            // [N, K]
  MatrixD transition_counts;   // [K, K]
  std::vector<int> best_path;  // [N]

  // densities [N, K] of one sequence.
  AllPaths(const HiddenMarkovLaw& law, const MatrixD& densities)
      : smoothed(MatrixD::Zero(densities.rows(), densities.cols())),
        transition_counts(MatrixD::Zero(densities.cols(), densities.cols())) {
    const auto rows = static_cast<int>(densities.rows()), count = static_cast<int>(densities.cols());
    double best = -1;
    std::vector<int> path(static_cast<std::size_t>(rows), 0);
    for (long number = 0; number < std::lround(std::pow(count, rows)); ++number) {
      long rest = number;
      for (int& regime : path) regime = static_cast<int>(rest % count), rest /= count;
      double weight = law.initial(path[0]) * densities(0, path[0]);
      for (int row = 1; row < rows; ++row) {
        const auto t = static_cast<std::size_t>(row);
        weight *= law.transition(path[t - 1], path[t]) * densities(row, path[t]);
      }
      likelihood += weight;
      for (int row = 0; row < rows; ++row) smoothed(row, path[static_cast<std::size_t>(row)]) += weight;
      for (std::size_t t = 1; t < path.size(); ++t) transition_counts(path[t - 1], path[t]) += weight;
      if (weight > best) best = weight, best_path = path;
    }
    smoothed /= likelihood;
    transition_counts /= likelihood;
  }
};

// Three regimes over one column that are easily confused.
inline HiddenMarkovLaw three_regimes() {
  HiddenMarkovLaw law{
      Eigen::VectorXd(3), MatrixD(3, 3), {CovarianceShape::kFull, MatrixD(3, 1), MatrixD(3, 1)}, {}};
  law.initial << 0.5, 0.3, 0.2;
  law.transition << 0.7, 0.2, 0.1, 0.15, 0.8, 0.05, 0.3, 0.3, 0.4;
  law.components.means << 0, 1, -1;
  law.components.covariances << 1, 0.25, 4;
  return law;
}

}  // namespace regimetry::regimes
