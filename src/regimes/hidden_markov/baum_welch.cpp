#include "regimes/hidden_markov/baum_welch.hpp"

#include <algorithm>

#include "core/portable_math.hpp"
#include "regimes/hidden_markov/emission.hpp"
#include "regimes/hidden_markov/forward_backward.hpp"
#include "regimes/hidden_markov/student_dof.hpp"
#include "regimes/mixture/update_components.hpp"

namespace regimetry::regimes {
namespace {

// Fat tails, so that outliers do not decide where a start goes.
constexpr double kFirstStudentDof = 8;

// Chances in proportion to `counts`, none below kLeastChance.
template <typename Counts, typename Chances>
void normalise(const Counts& counts, Chances&& chances) {
  double total = 0;
  for (Eigen::Index k = 0; k < counts.size(); ++k) total += counts(k);
  double floored = 0;
  for (Eigen::Index k = 0; k < counts.size(); ++k) {
    chances(k) = std::max(counts(k) / total, 2 * kLeastChance);
    floored += chances(k);
  }
  for (Eigen::Index k = 0; k < counts.size(); ++k) chances(k) /= floored;
}

void update_chances(const MatrixD& transition_counts, const Eigen::VectorXd& initial_counts,
                    const HiddenMarkovPrior& prior, HiddenMarkovLaw& law) {
  const Eigen::VectorXd initial = initial_counts.array() + prior.initial;
  normalise(initial, law.initial);
  for (Eigen::Index j = 0; j < transition_counts.rows(); ++j) {
    Eigen::RowVectorXd counts = transition_counts.row(j);
    for (Eigen::Index k = 0; k < counts.size(); ++k) counts(k) += j == k ? prior.stays : prior.switches;
    normalise(counts, law.transition.row(j));
  }
}

// The E and M steps of one start, and what they keep between iterations.
class Iterations {
 public:
  Iterations(const RowColumns& rows, std::span<const IndexRange> sequences, int regime_count)
      : rows_(rows), chain_(sequences, regime_count) {}

  // Log likelihood of `law`.
  double expect(const HiddenMarkovLaw& law, const Emission& emission) {
    emission.fill(rows_, table_);
    const double log_likelihood = chain_.forward(law, table_.relative) + table_.log_greatest;
    chain_.backward(law, table_.relative);
    return log_likelihood;
  }

  void maximise(const HiddenMarkovPrior& prior, StudentDof student_dof, HiddenMarkovLaw& law) {
    update_chances(chain_.transition_counts(), chain_.initial_counts(), prior, law);
    if (!law.student_dof.empty()) fill_trust(law);
    owned_ = update_components(rows_, {chain_.smoothed(), trust_}, prior.spread, law.components);
    if (student_dof != StudentDof::kNone) update_dof(student_dof == StudentDof::kShared, law.student_dof);
  }

  // [K], as of the last expect().
  [[nodiscard]] std::vector<double> owned() const {
    const std::span<const double> smoothed = chain_.smoothed();
    std::vector<double> sums(static_cast<std::size_t>(chain_.transition_counts().rows()), 0.0);
    for (std::size_t cell = 0; cell < smoothed.size(); ++cell) sums[cell % sums.size()] += smoothed[cell];
    return sums;
  }

 private:
  // u = (dof + D) / (dof + distance) for every row and regime.
  void fill_trust(const HiddenMarkovLaw& law) {
    trust_.resize(table_.distances.size());
    const std::int64_t row_count = rows_.row_count();
    for (int k = 0; k < law.regime_count(); ++k) {
      const double dof = law.student_dof[static_cast<std::size_t>(k)];
      const double top = dof + static_cast<double>(law.width());
      const double* distances = table_.distances.data() + k * row_count;
      double* trust = trust_.data() + k * row_count;
      for (std::int64_t row = 0; row < row_count; ++row) trust[row] = top / (dof + distances[row]);
    }
  }

  // Sum of owned * (log u - u) of one regime; log u = log((dof + D) / dof) - log(1 + distance / dof).
  [[nodiscard]] double sum_log_less_trust(int regime, int regime_count, double dof) const {
    const std::int64_t row_count = rows_.row_count();
    const double log_top = portable_log((dof + static_cast<double>(rows_.width())) / dof);
    const double* excesses = table_.log_excesses.data() + regime * row_count;
    const double* trust = trust_.data() + regime * row_count;
    const double* smoothed = chain_.smoothed().data() + regime;
    double sum = 0;
    for (std::int64_t row = 0; row < row_count; ++row)
      sum += smoothed[row * regime_count] * (log_top - excesses[row] - trust[row]);
    return sum;
  }

  void update_dof(bool is_shared, std::vector<double>& dof) const {
    const auto width = static_cast<double>(rows_.width());
    const auto regime_count = static_cast<int>(dof.size());
    double total = 0, total_owned = 0;
    for (int k = 0; k < regime_count; ++k) {
      const auto regime = static_cast<std::size_t>(k);
      const double sum = sum_log_less_trust(k, regime_count, dof[regime]);
      total += sum;
      total_owned += owned_[regime];
      if (!is_shared && owned_[regime] > 1)
        dof[regime] = update_student_dof(dof[regime], width, sum / owned_[regime]);
    }
    if (is_shared) std::fill(dof.begin(), dof.end(), update_student_dof(dof[0], width, total / total_owned));
  }

  const RowColumns& rows_;
  ForwardBackward chain_;
  EmissionTable table_;
  std::vector<double> trust_;  // [K, N], empty for Gaussian laws
  std::vector<double> owned_;  // [K]
};

}  // namespace

double HiddenMarkovPrior::log_density(const HiddenMarkovLaw& law, const GaussianDensity& density) const {
  double total = spread.log_density(density);
  for (Eigen::Index j = 0; j < law.initial.size(); ++j) {
    total += initial * portable_log(law.initial(j));
    for (Eigen::Index k = 0; k < law.initial.size(); ++k)
      total += (j == k ? stays : switches) * portable_log(law.transition(j, k));
  }
  return total;
}

BaumWelchResult run_baum_welch(const RowColumns& rows, std::span<const IndexRange> sequences,
                               const HiddenMarkovPrior& prior, const BaumWelchLimits& limits,
                               HiddenMarkovLaw law) {
  Iterations iterations(rows, sequences, law.regime_count());
  BaumWelchResult result;
  const double least_growth = limits.tolerance * static_cast<double>(rows.row_count());
  while (true) {
    const Emission emission(law);
    const double log_likelihood = iterations.expect(law, emission);
    const double log_posterior = log_likelihood + prior.log_density(law, emission.density());
    result.has_converged = result.iterations > 0 && log_posterior - result.log_posterior <= least_growth;
    result.log_likelihood = log_likelihood;
    result.log_posterior = log_posterior;
    if (result.has_converged || result.iterations == limits.max_iterations) break;
    iterations.maximise(prior, limits.student_dof, law);
    ++result.iterations;
  }
  result.owned = iterations.owned();
  result.law = std::move(law);
  return result;
}

HiddenMarkovLaw law_of_labels(const RowColumns& rows, std::span<const IndexRange> sequences,
                              const HiddenMarkovPrior& prior, CovarianceShape shape, StudentDof student_dof,
                              int regime_count, std::span<const std::int32_t> labels) {
  HiddenMarkovLaw law{Eigen::VectorXd(regime_count),
                      MatrixD(regime_count, regime_count),
                      components_of_labels(rows, prior.spread, shape, regime_count, labels),
                      {}};
  if (student_dof != StudentDof::kNone)
    law.student_dof.assign(static_cast<std::size_t>(regime_count), kFirstStudentDof);
  MatrixD transitions = MatrixD::Zero(regime_count, regime_count);
  Eigen::VectorXd initial = Eigen::VectorXd::Zero(regime_count);
  for (const IndexRange& sequence : sequences) {
    if (sequence.size() > 0) initial(labels[static_cast<std::size_t>(sequence.begin)]) += 1;
    for (std::int64_t row = sequence.begin + 1; row < sequence.end; ++row)
      transitions(labels[static_cast<std::size_t>(row - 1)], labels[static_cast<std::size_t>(row)]) += 1;
  }
  update_chances(transitions, initial, prior, law);
  return law;
}

}  // namespace regimetry::regimes
