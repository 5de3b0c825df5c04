// Gaussian mixture: each row comes from one of K Gaussian laws, whatever the rows around it.
//
// Labels are each row's most probable component, numbered in the order in which they first occur;
// probabilities are those of each component given the row. A fit climbs to a maximum of the posterior by
// expectation maximisation from several k-means++ starts; the only prior is on spread (spread_prior.hpp). The
// order and the sequences of rows play no part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/mixture/gaussian_mixture_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct GaussianMixtureOptions {
  // K. Fewer come back when some components are the most probable of no row.
  int regime_count = 4;
  // kAutomatic: full with ten rows per component for each number of a covariance, diagonal otherwise.
  CovarianceShape covariance = CovarianceShape::kAutomatic;
  // Independent beginnings. More find a better maximum more often, at the same price each.
  int starts = 10;
  // Of each start. Reaching it leaves usable labels and `has_converged` false.
  std::int64_t max_iterations = 500;
  // A start ends when an iteration raises the log posterior by less than this per row.
  double tolerance = 1e-6;
  // How many rows of each component the belief in its spread is worth, above 0. Absent: D + 2, or 3 with
  // diagonal covariances.
  std::optional<double> prior_spread_rows = {};

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct GaussianMixtureFit {
  RegimeFit fit;                 // objective: negative log posterior per row, less the prior's constant
  GaussianMixtureRegimes model;  // the same components under the same numbers
  double log_likelihood = 0;     // of all rows under the model
  std::int64_t row_count = 0;
  std::int64_t parameter_count = 0;  // free numbers in the model
  // Bayesian information criterion, smaller is better: comparable between fits of the same rows.
  [[nodiscard]] double bic() const noexcept;
};

// Draws from the streams "gaussian_mixture.start", one per start. The start with the greatest posterior is
// kept, the earlier of equals, but one in which a component owns fewer than D + 2 rows or has a column that
// never changes only when every start has such a component; a note then says so. Throws Error: kUsage for
// options with problems, kData for values that are not finite and for fewer distinct rows than regimes.
[[nodiscard]] GaussianMixtureFit fit_gaussian_mixture(const RegimeRows& rows,
                                                      const GaussianMixtureOptions& options, const Rng& rng,
                                                      ThreadPool& pool);

}  // namespace regimetry::regimes
