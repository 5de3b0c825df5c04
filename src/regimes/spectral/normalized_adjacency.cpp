#include "regimes/spectral/normalized_adjacency.hpp"

#include <cassert>
#include <cmath>

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kRowsPerChunk = 1024;

struct Step {
  const NeighborGraph& graph;
  const std::vector<double>& values;
  const MatrixD& x;
  double scale, shift, previous_scale;
  const MatrixD& previous;
  MatrixD& out;
};

// One row, kColumns columns from `column` on: the sums stay in registers.
template <int kColumns>
void multiply_row(const Step& step, std::int64_t row, std::int64_t column) {
  double sums[kColumns] = {};
  const std::int64_t stride = step.x.cols();
  const double* const x = step.x.data() + column;
  for (std::int64_t edge = step.graph.begins[static_cast<std::size_t>(row)];
       edge < step.graph.begins[static_cast<std::size_t>(row) + 1]; ++edge) {
    const double value = step.values[static_cast<std::size_t>(edge)];
    const double* const other = x + step.graph.columns[static_cast<std::size_t>(edge)] * stride;
    for (int i = 0; i < kColumns; ++i) sums[i] += value * other[i];
  }
  const double* const own = x + row * stride;
  const double* const previous = step.previous.data() + row * stride + column;
  double* const out = step.out.data() + row * stride + column;
  for (int i = 0; i < kColumns; ++i)
    out[i] = step.scale * (sums[i] - step.shift * own[i]) + step.previous_scale * previous[i];
}

}  // namespace

NormalizedAdjacency::NormalizedAdjacency(const NeighborGraph& graph) : graph_(graph) {
  const std::int64_t rows = graph.row_count();
  first_vector_.resize(rows);
  for (std::int64_t row = 0; row < rows; ++row) {
    double degree = 0;
    for (std::int64_t edge = graph.begins[static_cast<std::size_t>(row)];
         edge < graph.begins[static_cast<std::size_t>(row) + 1]; ++edge)
      degree += static_cast<double>(graph.weights[static_cast<std::size_t>(edge)]);
    assert(degree > 0);
    first_vector_[row] = std::sqrt(degree);
  }
  values_.resize(graph.columns.size());
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t edge = graph.begins[static_cast<std::size_t>(row)];
         edge < graph.begins[static_cast<std::size_t>(row) + 1]; ++edge) {
      const auto at = static_cast<std::size_t>(edge);
      values_[at] =
          static_cast<double>(graph.weights[at]) / (first_vector_[row] * first_vector_[graph.columns[at]]);
    }
  }
  first_vector_ /= first_vector_.norm();
}

void NormalizedAdjacency::multiply(const MatrixD& x, double scale, double shift, double previous_scale,
                                   const MatrixD& previous, MatrixD& out, ThreadPool& pool) const {
  assert(x.cols() % 8 == 0 && &out != &x);
  const Step step{graph_, values_, x, scale, shift, previous_scale, previous, out};
  pool.parallel_for(row_count(), kRowsPerChunk, [&](IndexRange rows) {
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      std::int64_t column = 0;
      for (; column + 16 <= x.cols(); column += 16) multiply_row<16>(step, row, column);
      if (column < x.cols()) multiply_row<8>(step, row, column);
    }
  });
}

MatrixD NormalizedAdjacency::multiply(const MatrixD& x, ThreadPool& pool) const {
  MatrixD out(x.rows(), x.cols());
  multiply(x, 1, 0, 0, x, out, pool);
  return out;
}

}  // namespace regimetry::regimes
