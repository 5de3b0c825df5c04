// How sure a jump model is of its labels.
//
// A jump model minimises a cost; it has no law of its own. The law taken here is Gibbs's: a path of cost C
// has weight exp(-C / temperature), so paths dearer than the best by a few temperatures hardly count, and a
// switch has odds of exp(-penalty / temperature). The temperature that a fit measures is in
// jump_temperature.hpp.
#pragma once

#include <Eigen/Core>
#include <cstdint>
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

// The smoother: what all rows of one sequence say of each of them.
struct JumpPosterior {
  MatrixD probabilities;         // [T, K], rows sum to 1
  double expected_switches = 0;  // those that the best path misses included
};
// losses [T, K]; temperature > 0.
[[nodiscard]] JumpPosterior jump_posterior(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty,
                                           double temperature);

// The likeliest regime of each row, the smaller number where two are equal: labels that are right more often
// row by row than the best path, which is right as a whole.
[[nodiscard]] std::vector<std::int32_t> likeliest_regimes(const MatrixD& probabilities);

// Each row's regime of the largest probability in proportion to the regime's mean probability: rare regimes
// are named sooner. The rule to take where a miss of a rare regime is as bad as one of a common one, since it
// makes the expected mean of the recalls largest; likeliest_regimes() is right on more rows.
[[nodiscard]] std::vector<std::int32_t> balanced_regimes(MatrixD probabilities);

}  // namespace regimetry::regimes
