// What it costs a row to be in a regime, and which regimes suit given labels best: the two halves between
// which a jump model goes back and forth.
//
//   kSquared   loss = 1/2 sum_d (x_d - center_d)^2                                  k-means
//   kGaussian  loss = 1/2 sum_d ((x_d - center_d) / sd_d)^2 + sum_d log(sd_d)       a normal law per regime
//
// Why the second: regimes that differ in spread more than in level (returns by themselves) have the same
// centre.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "core/matrix.hpp"

namespace regimetry::regimes {

enum class JumpLoss { kSquared, kGaussian };

// The regimes of a jump model: K of D values each.
struct JumpEmission {
  MatrixD centers;          // [K, D]
  MatrixD precisions;       // [K, D], 1 / sd^2; ones for kSquared
  Eigen::VectorXd offsets;  // [K], sum of log sd; zeros for kSquared

  [[nodiscard]] int regime_count() const noexcept { return static_cast<int>(centers.rows()); }
  [[nodiscard]] std::int64_t width() const noexcept { return centers.cols(); }
  // Losses of one row [D] in every regime; writes [K].
  void losses_of(std::span<const float> row, std::span<double> losses) const noexcept;
};

// The rows of a fit, laid out for many passes over them. Const members may run in parallel.
class JumpSamples {
 public:
  explicit JumpSamples(const Eigen::Ref<const MatrixF>& values);

  [[nodiscard]] Eigen::Index rows() const noexcept { return columns_.rows(); }
  [[nodiscard]] Eigen::Index width() const noexcept { return columns_.cols(); }
  // Losses [T, K] of every row in every regime. Sums over d in order, so the same bits on every machine.
  void compute_losses(const JumpEmission& emission, Eigen::ArrayXXd& losses) const;
  // Moves every regime that has rows to where its loss is least; the others stay where they are.
  void update(std::span<const std::int32_t> labels, JumpLoss loss, JumpEmission& emission) const;

 private:
  // A regime may not shrink below this share of a column's variance: a few equal rows would make a regime of
  // their own at no cost.
  static constexpr double kLeastVarianceShare = 1e-4;

  Eigen::ArrayXXd columns_;       // [T, D], column by column
  Eigen::RowVectorXd means_;      // [D]
  Eigen::RowVectorXd variances_;  // [D]
  MatrixD sums_, squares_;        // [T + 1, D] of deviations from the mean: a stay's sums by one subtraction
};

}  // namespace regimetry::regimes
