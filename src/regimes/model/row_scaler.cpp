#include "regimes/model/row_scaler.hpp"

#include <cmath>
#include <utility>

namespace regimetry::regimes {

RowScaler::RowScaler(std::vector<double> means, std::vector<double> deviations)
    : means_(std::move(means)), deviations_(std::move(deviations)) {}

RowScaler RowScaler::identity(std::int64_t width) {
  return {std::vector<double>(static_cast<std::size_t>(width), 0.0),
          std::vector<double>(static_cast<std::size_t>(width), 1.0)};
}

RowScaler RowScaler::fit(const Eigen::Ref<const MatrixF>& rows) {
  // Two passes: the second works on deviations from the mean, so a column far from zero keeps its digits.
  const auto count = static_cast<double>(rows.rows());
  Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(rows.cols());
  for (std::int64_t row = 0; row < rows.rows(); ++row) mean += rows.row(row).cast<double>();
  mean /= count;
  Eigen::RowVectorXd squares = Eigen::RowVectorXd::Zero(rows.cols());
  for (std::int64_t row = 0; row < rows.rows(); ++row)
    squares += (rows.row(row).cast<double>() - mean).cwiseAbs2();
  std::vector<double> means(mean.data(), mean.data() + mean.size()), deviations;
  deviations.reserve(means.size());
  for (std::int64_t column = 0; column < rows.cols(); ++column) {
    const double deviation = std::sqrt(squares(column) / count);
    // Below the rounding of float32 values of this size, the column only repeats one number.
    const bool is_constant = deviation <= 1e-7 * std::abs(mean(column));
    deviations.push_back(is_constant ? 0.0 : deviation);
  }
  return {std::move(means), std::move(deviations)};
}

std::vector<std::int64_t> RowScaler::constant_columns() const {
  std::vector<std::int64_t> columns;
  for (std::size_t column = 0; column < deviations_.size(); ++column)
    if (deviations_[column] == 0) columns.push_back(static_cast<std::int64_t>(column));
  return columns;
}

void RowScaler::scale(std::span<const float> row, std::span<float> out) const noexcept {
  for (std::size_t column = 0; column < means_.size(); ++column) {
    const double deviation = deviations_[column];
    out[column] = deviation == 0 ? 0.0F : static_cast<float>((row[column] - means_[column]) / deviation);
  }
}

MatrixF RowScaler::scale(const Eigen::Ref<const MatrixF>& rows) const {
  MatrixF scaled(rows.rows(), rows.cols());
  const auto width = static_cast<std::size_t>(rows.cols());
  std::vector<float> row(width);
  for (std::int64_t index = 0; index < rows.rows(); ++index) {
    Eigen::Map<Eigen::RowVectorXf>(row.data(), rows.cols()) = rows.row(index);
    scale(row, std::span(scaled.data() + index * rows.cols(), width));
  }
  return scaled;
}

}  // namespace regimetry::regimes
