// Small data for the tests of jump models.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "core/rng.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// Rows with one sequence over all of them.
struct OneSequence {
  MatrixF values;
  IndexRange all;
  explicit OneSequence(MatrixF rows) : values(std::move(rows)), all{0, values.rows()} {}
  [[nodiscard]] RegimeRows rows() const { return {values, std::span(&all, 1)}; }
};

// Regimes of `stay` rows in turn, at 0, `apart`, 2 `apart`, ... in every column, with unit noise.
inline MatrixF steps(int regimes, int stays, int stay, double apart, int width, std::uint64_t key) {
  RngStream noise(key);
  MatrixF values(static_cast<Eigen::Index>(stays) * stay, width);
  for (Eigen::Index t = 0; t < values.rows(); ++t)
    for (Eigen::Index d = 0; d < width; ++d)
      values(t, d) = static_cast<float>(apart * static_cast<double>((t / stay) % regimes) + noise.normal());
  return values;
}

// Calm and storm in turn: mean 0, sd 1 and `storm`.
inline MatrixF storms(int stays, int stay, double storm, std::uint64_t key) {
  RngStream noise(key);
  MatrixF values(static_cast<Eigen::Index>(stays) * stay, 1);
  for (Eigen::Index t = 0; t < values.rows(); ++t)
    values(t, 0) = static_cast<float>(noise.normal() * ((t / stay) % 2 == 0 ? 1 : storm));
  return values;
}

inline std::int64_t switches_in(std::span<const std::int32_t> labels) {
  std::int64_t count = 0;
  for (std::size_t t = 1; t < labels.size(); ++t) count += labels[t] != labels[t - 1] ? 1 : 0;
  return count;
}

inline Eigen::ArrayXXd random_losses(Eigen::Index rows, Eigen::Index regimes, std::uint64_t key) {
  RngStream draws(key);
  Eigen::ArrayXXd losses(rows, regimes);
  for (Eigen::Index t = 0; t < rows; ++t)
    for (Eigen::Index k = 0; k < regimes; ++k) losses(t, k) = draws.exponential();
  return losses;
}

// Calls body with every sequence of `rows` labels below `regimes`.
template <typename Body>
void for_every_path(Eigen::Index rows, Eigen::Index regimes, const Body& body) {
  std::vector<std::int32_t> labels(static_cast<std::size_t>(rows), 0);
  while (true) {
    body(labels);
    std::size_t t = 0;
    while (t < labels.size() && ++labels[t] == regimes) labels[t++] = 0;
    if (t == labels.size()) return;
  }
}

inline double path_cost(const Eigen::ArrayXXd& losses, double penalty, std::span<const std::int32_t> labels) {
  double cost = penalty * static_cast<double>(switches_in(labels));
  for (std::size_t t = 0; t < labels.size(); ++t) cost += losses(static_cast<Eigen::Index>(t), labels[t]);
  return cost;
}

}  // namespace regimetry::regimes
