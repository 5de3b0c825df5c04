// The noise of a bar: zero mean, variance one, normal or Student-t.
//
// A Student-t draw with v degrees of freedom is a normal one times a random scale sqrt((v - 2) / chi2_v). The
// two factors are drawn apart because the normal factors of several instruments may be correlated while each
// keeps its own scale (so every marginal stays exactly Student-t), and because the path within a bar diffuses
// with that scale.
#pragma once

#include <optional>
#include <span>

#include "core/rng.hpp"

namespace regimetry::market {

class UnitDistribution {
 public:
  // Absent: normal. Degrees of freedom must exceed 2.
  explicit UnitDistribution(std::optional<double> student_t_dof);

  // The random scale of each bar; all ones for the normal.
  void fill_scales(std::span<double> out, RngStream& stream) const;
  // Log density at each standardised value, without the constant that all regimes share. `out` may not be
  // `values`.
  void log_density(std::span<const double> values, std::span<double> out) const;
  // P(Z <= x), absolute error below 1e-14.
  [[nodiscard]] double cdf(double x) const;

 private:
  [[nodiscard]] double student_t_cdf(double x) const;

  double dof_ = 0;              // 0: normal
  double log_beta_factor_ = 0;  // -log B(dof/2, 1/2)
};

}  // namespace regimetry::market
