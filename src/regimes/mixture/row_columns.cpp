#include "regimes/mixture/row_columns.hpp"

namespace regimetry::regimes {
namespace {

double variance_of(const double* column, std::int64_t count) {
  double sum = 0, squares = 0;
  for (std::int64_t row = 0; row < count; ++row) sum += column[row];
  const double mean = sum / static_cast<double>(count);
  for (std::int64_t row = 0; row < count; ++row) squares += (column[row] - mean) * (column[row] - mean);
  return squares / static_cast<double>(count);
}

}  // namespace

RowColumns::RowColumns(const Eigen::Ref<const MatrixF>& values)
    : row_count_(values.rows()), width_(values.cols()), values_(static_cast<std::size_t>(values.size())) {
  for (std::int64_t column = 0; column < width_; ++column) {
    double* out = values_.data() + column * row_count_;
    bool is_constant = true;
    for (std::int64_t row = 0; row < row_count_; ++row) {
      out[row] = static_cast<double>(values(row, column));
      is_constant = is_constant && out[row] == out[0];
    }
    is_constant_.push_back(is_constant);
    variances_.push_back(is_constant ? 1 : variance_of(out, row_count_));
  }
}

}  // namespace regimetry::regimes
