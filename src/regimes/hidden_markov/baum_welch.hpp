// One start of a hidden Markov fit: expectation maximisation from given laws (Baum and Welch), to the nearest
// maximum of the posterior.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regimes/hidden_markov/hidden_markov_law.hpp"
#include "regimes/mixture/row_columns.hpp"
#include "regimes/mixture/spread_prior.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// What is believed before any row, in counts that are added to those of the rows. All above 0.
struct HiddenMarkovPrior {
  SpreadPrior spread;
  double initial = 1;   // sequences that begin in each regime
  double stays = 1;     // rows of each regime that were followed by the same
  double switches = 1;  // ... by each of the others

  // Log density at `law`, up to a constant.
  [[nodiscard]] double log_density(const HiddenMarkovLaw& law, const GaussianDensity& density) const;
};

enum class StudentDof { kNone, kShared, kPerRegime };

struct BaumWelchLimits {
  StudentDof student_dof = StudentDof::kNone;  // which degrees of freedom are estimated
  std::int64_t max_iterations = 500;
  double tolerance = 1e-6;  // ends when the log posterior grew less than this per row
};

struct BaumWelchResult {
  HiddenMarkovLaw law;
  double log_likelihood = 0, log_posterior = 0;  // of `law`; the second lacks the prior's constant
  std::vector<double> owned;                     // [K] rows, sums of smoothed chances
  bool has_converged = false;
  std::int64_t iterations = 0;
};

// Neither half of an iteration makes the log posterior smaller. Degrees of freedom of `law` say whether its
// regimes are Student-t.
[[nodiscard]] BaumWelchResult run_baum_welch(const RowColumns& rows, std::span<const IndexRange> sequences,
                                             const HiddenMarkovPrior& prior, const BaumWelchLimits& limits,
                                             HiddenMarkovLaw law);

// The law that suits given labels [N]: the M step with every row owned by its label.
[[nodiscard]] HiddenMarkovLaw law_of_labels(const RowColumns& rows, std::span<const IndexRange> sequences,
                                            const HiddenMarkovPrior& prior, CovarianceShape shape,
                                            StudentDof student_dof, int regime_count,
                                            std::span<const std::int32_t> labels);

}  // namespace regimetry::regimes
