// Chances of each regime at each row given the rows so far (filtered) and given all rows of the sequence
// (smoothed), by scaled recursions.
//
// Why scaling is exact: emissions come relative to the greatest of the row, and every chance of a transition
// is at least kLeastChance, so the sum that a row is divided by lies between kLeastChance and 1. Nothing can
// under- or overflow, however long the sequence, however many columns, however far an outlier.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regimes/hidden_markov/hidden_markov_law.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// Initial and transition chances of a law must be at least this.
inline constexpr double kLeastChance = 1e-12;
inline constexpr int kMostHiddenRegimes = 64;

class ForwardBackward {
 public:
  // Borrows `sequences`, which cover rows 0..N-1.
  ForwardBackward(std::span<const IndexRange> sequences, int regime_count);

  // relative [N, K] as in EmissionTable. Returns the log likelihood, less EmissionTable::log_greatest.
  double forward(const HiddenMarkovLaw& law, std::span<const double> relative);
  // After forward() with the same arguments.
  void backward(const HiddenMarkovLaw& law, std::span<const double> relative);

  [[nodiscard]] std::span<const double> filtered() const noexcept { return filtered_; }  // [N, K]
  [[nodiscard]] std::span<const double> smoothed() const noexcept { return smoothed_; }  // [N, K]
  // [K, K]: expected number of transitions within sequences; none is counted from one sequence to the next.
  [[nodiscard]] const MatrixD& transition_counts() const noexcept { return transition_counts_; }
  // [K]: expected number of sequences that begin in each regime.
  [[nodiscard]] Eigen::VectorXd initial_counts() const;

 private:
  std::span<const IndexRange> sequences_;
  int regime_count_;
  std::vector<double> filtered_, smoothed_;  // [N, K]
  std::vector<double> inverse_scales_;       // [N]
  std::vector<double> logs_;                 // [N], of the above
  MatrixD transition_counts_;                // [K, K]
};

}  // namespace regimetry::regimes
