// The cheapest way through rows and regimes when every change of regime costs the same.
//
// Shape:  losses [T, K], column by column: what row t costs in regime k.
// Gives:  labels [T] that minimise  sum_t losses(t, label_t) + penalty * (number of t with label_t !=
// label_{t-1}). Exact:  dynamic programming over rows. Ties go to staying, then to the regime with the
// smaller number.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

// How much dearer the cheapest way that ends in each regime is than the cheapest of all, row by row: what
// both the path and the online labels are made of.
class JumpRecursion {
 public:
  JumpRecursion(int regime_count, double penalty)
      : penalty_(penalty), values_(static_cast<std::size_t>(regime_count), 0.0) {}

  // Moves on by one row with these losses [K]. The first row is free to be in any regime.
  void push(std::span<const double> losses) noexcept;
  // The regime in which the cheapest way so far ends; the smaller number where two are equal.
  [[nodiscard]] std::int32_t label() const noexcept { return best_; }

 private:
  double penalty_;
  std::vector<double> values_;  // [K]
  std::int32_t best_ = 0;
};

// Keeps its working memory from call to call.
class JumpPath {
 public:
  // Writes the labels of one sequence and returns the cost of the path. `labels` has losses.rows() elements;
  // penalty >= 0, infinity included.
  double solve(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty,
               std::span<std::int32_t> labels);

 private:
  std::vector<double> values_;      // [T, K] as in JumpRecursion
  std::vector<std::int32_t> best_;  // [T]
};

}  // namespace regimetry::regimes
