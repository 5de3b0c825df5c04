#include "regimes/hidden_markov/hidden_markov_law.hpp"

namespace regimetry::regimes {

HiddenMarkovLaw HiddenMarkovLaw::selected(const std::vector<int>& regimes) const {
  const auto count = static_cast<Eigen::Index>(regimes.size());
  HiddenMarkovLaw result{Eigen::VectorXd(count), MatrixD(count, count), components.selected(regimes), {}};
  double initial_sum = 0;
  for (Eigen::Index i = 0; i < count; ++i) {
    const int from = regimes[static_cast<std::size_t>(i)];
    result.initial(i) = initial(from);
    initial_sum += initial(from);
    double sum = 0;
    for (Eigen::Index j = 0; j < count; ++j) {
      result.transition(i, j) = transition(from, regimes[static_cast<std::size_t>(j)]);
      sum += result.transition(i, j);
    }
    for (Eigen::Index j = 0; j < count; ++j) result.transition(i, j) /= sum;
    if (!student_dof.empty()) result.student_dof.push_back(student_dof[static_cast<std::size_t>(from)]);
  }
  for (Eigen::Index i = 0; i < count; ++i) result.initial(i) /= initial_sum;
  return result;
}

}  // namespace regimetry::regimes
