// How sure a jump model is of its labels.
//
// A jump model minimises a cost; it has no law of its own. The law taken here is Gibbs's: a path of cost C
// has weight exp(-C / temperature), so paths dearer than the best by a few temperatures hardly count. With
// squared losses and the pooled variance of rows within regimes as temperature, rows are normal around their
// centres and a switch has odds of exp(-penalty / variance). For Gaussian losses the temperature is 1.
//
// Overlapping windows make neighbouring rows alike, which this law does not know: it is then surer than it
// should be.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

// The filter: probabilities of the regimes given the rows so far.
class JumpFilter {
 public:
  JumpFilter(int regime_count, double penalty, double temperature);
  // Moves on by one row with these losses [K]. Allocates nothing.
  void push(std::span<const double> losses) noexcept;
  [[nodiscard]] std::span<const double> probabilities() const noexcept { return probabilities_; }  // [K]

 private:
  double switch_weight_, inverse_temperature_;
  std::vector<double> probabilities_;
};

// The smoother: probabilities [T, K] given all rows of one sequence with losses [T, K]. temperature > 0.
[[nodiscard]] MatrixD jump_probabilities(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty,
                                         double temperature);

}  // namespace regimetry::regimes
