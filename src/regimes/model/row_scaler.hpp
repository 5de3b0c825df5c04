// Brings each column to mean 0 and standard deviation 1, as learned from the rows of a fit.
//
// A column that was constant in those rows becomes 0 everywhere: what never varied cannot tell regimes apart.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

class RowScaler {
 public:
  // Learns from `rows` [N, D], N >= 1, finite.
  [[nodiscard]] static RowScaler fit(const Eigen::Ref<const MatrixF>& rows);
  // Leaves rows as they are.
  [[nodiscard]] static RowScaler identity(std::int64_t width);
  // As learned elsewhere: [D] each; a deviation of 0 marks a constant column.
  RowScaler(std::vector<double> means, std::vector<double> deviations);

  [[nodiscard]] std::int64_t width() const noexcept { return static_cast<std::int64_t>(means_.size()); }
  [[nodiscard]] std::span<const double> means() const noexcept { return means_; }  // [D]
  [[nodiscard]] std::span<const double> deviations() const noexcept {
    return deviations_;
  }  // [D], of a population
  [[nodiscard]] std::vector<std::int64_t> constant_columns() const;

  void scale(std::span<const float> row, std::span<float> out) const noexcept;  // [D] each
  [[nodiscard]] MatrixF scale(const Eigen::Ref<const MatrixF>& rows) const;     // [N, D]

 private:
  std::vector<double> means_, deviations_;
};

}  // namespace regimetry::regimes
