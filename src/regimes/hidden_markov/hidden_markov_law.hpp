// A hidden Markov model in numbers: how regimes follow each other, and what each makes of a row.
#pragma once

#include <cstdint>
#include <vector>

#include "regimes/mixture/gaussian_components.hpp"

namespace regimetry::regimes {

struct HiddenMarkovLaw {
  Eigen::VectorXd initial;          // [K], of the first row of a sequence; sum 1, each above 0
  MatrixD transition;               // [K, K], from row to column; rows sum to 1, each above 0
  GaussianComponents components;    // scale matrices when there are degrees of freedom
  std::vector<double> student_dof;  // [K] degrees of freedom of Student-t laws; empty: Gaussian

  [[nodiscard]] int regime_count() const noexcept { return components.count(); }
  [[nodiscard]] std::int64_t width() const noexcept { return components.width(); }
  // The regimes listed, in that order; chances renormalised.
  [[nodiscard]] HiddenMarkovLaw selected(const std::vector<int>& regimes) const;
};

}  // namespace regimetry::regimes
