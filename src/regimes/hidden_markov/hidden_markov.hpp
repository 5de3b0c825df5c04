// Hidden Markov models: each regime draws rows from a Gaussian or Student-t law of its own, and which regime
// follows depends on the present one only.
//
// Labels are the most likely path as a whole (Viterbi), numbered in the order in which regimes first occur.
// Probabilities are those of each regime at each row given all rows of its sequence (smoothed).
//
// A fit climbs to a maximum of the posterior by expectation maximisation (baum_welch.hpp). All starts are
// tried for 25 iterations, the best four finished. Sequences are independent: nothing is counted or smoothed
// from one to the next.
//
// Time: a fit looks at whole sequences; the fitted model's online answers filter and do not.
//
// The prior is worth a few rows: that regimes stay (options below), and that their spread is some share of
// the spread of all rows (mixture/spread_prior.hpp). It keeps every regime's spread above zero and counts for
// little where a regime owns hundreds of rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/hidden_markov/baum_welch.hpp"
#include "regimes/hidden_markov/hidden_markov_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct HiddenMarkovOptions {
  // K, at most 64. Fewer come back when the most likely path never visits some.
  int regime_count = 3;
  // Whether rows come from Student-t laws, which forgive outliers, and whose degrees of freedom (2.1 to 100)
  // are shared or each regime's own. kNone: Gaussian laws, several times as fast: degrees of freedom converge
  // slowly.
  StudentDof student_dof = StudentDof::kNone;
  // kAutomatic: full with ten rows per regime for each number of a covariance, diagonal otherwise.
  CovarianceShape covariance = CovarianceShape::kAutomatic;
  // Independent beginnings, time in proportion. Every third is made of rows far from each other, the others
  // of stretches of rows that differ in mean and spread.
  int starts = 10;
  // Of each start. Reaching it leaves usable labels and `has_converged` false.
  std::int64_t max_iterations = 500;
  // A start ends when an iteration raises the log posterior by less than this per row.
  double tolerance = 1e-6;
  // How many rows a regime is believed to last on average, above 1, before any row is seen ...
  double prior_stay_rows = 50;
  // ... and how many rows of each regime that belief is worth, above 0. Larger: fewer and longer stays.
  double prior_transition_rows = 50;
  // How many rows of each regime the belief in its spread is worth, above 0. Absent: D + 2, or 3 with
  // diagonal covariances.
  std::optional<double> prior_spread_rows = {};

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct HiddenMarkovFit {
  RegimeFit fit;              // objective: negative log posterior per row, less the prior's constant
  HiddenMarkovRegimes model;  // the same regimes under the same numbers
  double log_likelihood = 0;  // of all rows under the model
  std::int64_t row_count = 0;
  std::int64_t parameter_count = 0;  // free numbers in the model
  // Bayesian information criterion, smaller is better: comparable between fits of the same rows.
  [[nodiscard]] double bic() const noexcept;
};

// Draws from the streams "hidden_markov.start", one per start. The start with the greatest posterior is kept,
// the earlier of equals, but one in which a regime owns fewer than D + 2 rows or has a column that never
// changes only when every start has such a regime; a note then says so. Throws Error: kUsage for options with
// problems, kData for values that are not finite and for fewer distinct rows than regimes.
[[nodiscard]] HiddenMarkovFit fit_hidden_markov(const RegimeRows& rows, const HiddenMarkovOptions& options,
                                                const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
