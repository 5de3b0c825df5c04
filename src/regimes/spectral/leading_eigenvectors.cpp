#include "regimes/spectral/leading_eigenvectors.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "regimes/spectral/inverse_lanczos.hpp"
#include "regimes/spectral/symmetric_eigenpairs.hpp"
#include "regimes/spectral/tall_blocks.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kMostRowsOfFullMatrix = 64;
constexpr std::int64_t kMostProducts = 20'000;
constexpr double kSmallResidual = 1e-7;  // in every case
constexpr double kShareOfGap = 1e-3;  // of the distance to eigenvalues beyond the block: the sine of an angle
constexpr double kLeastResidual = 1e-12;  // what rounding allows

// A block that turns into leading eigenvectors, all orthogonal to the first, which is known.
class FilteredSubspace {
 public:
  FilteredSubspace(const NormalizedAdjacency& adjacency, std::int64_t wanted, RngStream stream,
                   ThreadPool& pool)
      : adjacency_(adjacency), pool_(pool), wanted_(wanted), stream_(stream) {
    const std::int64_t guard = std::max<std::int64_t>(3, wanted / 3);
    block_.resize(adjacency.row_count(), (wanted + guard + 7) / 8 * 8);
    RngStream draws = stream;
    draws.fill_normal({block_.data(), static_cast<std::size_t>(block_.size())});
    settle();
  }

  LeadingEigenvectors run() {
    LeadingEigenvectors result;
    result.solver = "products";
    // Of the spectrum nothing is known yet; random vectors need only lose what is clearly not leading.
    filter(12, 0.5);
    for (;;) {
      rotate();
      if (all_settled()) result.has_converged = true;
      if (result.has_converged || products_ >= kMostProducts) break;
      if (!has_used_inverse_ &&
          products_expected() > std::max(kProductsBeforeInverse, 4 * expected_at_last_try_) &&
          try_inverse()) {
        result.solver = "inverse";
        continue;
      }
      filter(degree(), cut());
    }
    result.products = products_;
    hand_out(result);
    return result;
  }

 private:
  static constexpr double kProductsBeforeInverse = 400;

  // Orthonormal and without the first vector.
  void settle() {
    project_out(adjacency_.first_vector(), block_, pool_);
    orthonormalize(block_, pool_);
    project_out(adjacency_.first_vector(), block_, pool_);
  }

  // Rayleigh-Ritz: the best approximations that the block holds, by descending value, and their residuals.
  void rotate() {
    MatrixD product = adjacency_.multiply(block_, pool_);
    ++products_;
    const MatrixD projected = transposed_product(block_, product, pool_);
    const SymmetricEigenpairs pairs = solve_by_rotations((projected + projected.transpose()) / 2);
    values_ = pairs.values;
    multiply_right(block_, pairs.vectors, pool_);
    multiply_right(product, pairs.vectors, pool_);
    residuals_ = column_distances(product, block_, values_, pool_);
  }

  [[nodiscard]] double allowed_residual(std::int64_t i) const {
    const double gap = values_[i] - values_[values_.size() - 1];
    return std::max(kLeastResidual, std::min(kSmallResidual, kShareOfGap * gap));
  }

  [[nodiscard]] bool all_settled() const {
    for (std::int64_t i = 0; i < wanted_; ++i) {
      if (!(residuals_[i] <= allowed_residual(i))) return false;
    }
    return true;
  }

  // What lies below this value is damped.
  [[nodiscard]] double cut() const { return std::min(values_[values_.size() - 1], 1 - 1e-12); }

  // e^growth is by how much a filter of degree 1 more lifts a value above what is damped.
  [[nodiscard]] double growth(double value) const {
    const double half_width = (cut() + 1) / 2, center = (cut() - 1) / 2;
    return std::acosh(std::max((value - center) / half_width, 1.0));
  }

  [[nodiscard]] double products_expected() const {
    double most = 0;
    for (std::int64_t i = 0; i < wanted_; ++i)
      most = std::max(most, std::log(std::max(residuals_[i] / allowed_residual(i), 1.0)) /
                                std::max(growth(values_[i]), 1e-6));
    return most;
  }

  // High enough to gain something, not so high that the largest drowns the others, and not much higher than
  // what was done so far: early values say little of how many products the rest will take.
  [[nodiscard]] std::int64_t degree() const {
    constexpr double kGain = 10, kMostSpread = 23;  // natural logarithms: 2e4 and 1e10
    const double slowest = std::max(growth(values_[wanted_ - 1]), 1e-6);
    const double fastest = std::max(growth(values_[0]), 1e-6);
    const double degree = std::min({kGain / slowest, kMostSpread / fastest, products_expected() + 1,
                                    4 * static_cast<double>(products_), 500.0});
    return std::max<std::int64_t>(4, static_cast<std::int64_t>(degree));
  }

  // block <- T(S) block, T a Chebyshev polynomial on [-1, cut], scaled to 1 at the eigenvalue 1.
  void filter(std::int64_t degree, double cut) {
    const double half_width = (cut + 1) / 2, center = (cut - 1) / 2;
    double sigma = half_width / (1 - center);
    const double twice_over_sigma = 2 / sigma;
    MatrixD previous = block_, current(block_.rows(), block_.cols());
    adjacency_.multiply(previous, sigma / half_width, center, 0, previous, current, pool_);
    for (std::int64_t i = 1; i < degree; ++i) {
      const double next_sigma = 1 / (twice_over_sigma - sigma);
      adjacency_.multiply(current, 2 * next_sigma / half_width, center, -sigma * next_sigma, previous,
                          previous, pool_);
      std::swap(previous, current);
      sigma = next_sigma;
    }
    products_ += degree;
    block_ = std::move(current);
    settle();
  }

  // True when the inverse has replaced the block. Tried again only when the rest looks much longer than it
  // did.
  bool try_inverse() {
    expected_at_last_try_ = products_expected();
    // Worth it where it costs less than the products it saves, one multiplication of a sparse factor taking
    // about as long as four of a product; and always where rows follow each other like a chain.
    constexpr double kOperationsPerRowOfChain = 2000;
    const double spared = expected_at_last_try_ * static_cast<double>(adjacency_.values().size()) *
                          static_cast<double>(block_.cols());
    const double price =
        std::max(spared / 4, kOperationsPerRowOfChain * static_cast<double>(adjacency_.row_count()));
    std::optional<MatrixD> vectors = inverse_lanczos(adjacency_, block_.cols(), price, stream_, pool_);
    if (!vectors) return false;
    has_used_inverse_ = true;
    block_ = std::move(*vectors);
    settle();
    return true;
  }

  void hand_out(LeadingEigenvectors& result) {
    result.values.resize(wanted_ + 1);
    result.vectors.resize(block_.rows(), wanted_ + 1);
    result.values[0] = 1;
    result.vectors.col(0) = adjacency_.first_vector();
    result.values.tail(wanted_) = values_.head(wanted_);
    result.vectors.rightCols(wanted_) = block_.leftCols(wanted_);
    result.largest_residual = residuals_.head(wanted_).maxCoeff();
  }

  const NormalizedAdjacency& adjacency_;
  ThreadPool& pool_;
  std::int64_t wanted_;
  RngStream stream_;
  MatrixD block_;                       // [N, p], p a multiple of 8
  Eigen::VectorXd values_, residuals_;  // [p]
  std::int64_t products_ = 0;
  bool has_used_inverse_ = false;
  double expected_at_last_try_ = 0;
};

LeadingEigenvectors solve_full_matrix(const NormalizedAdjacency& adjacency, std::int64_t count) {
  const NeighborGraph& graph = adjacency.graph();
  MatrixD matrix = MatrixD::Zero(graph.row_count(), graph.row_count());
  for (std::int64_t row = 0; row < graph.row_count(); ++row) {
    for (std::int64_t edge = graph.begins[static_cast<std::size_t>(row)];
         edge < graph.begins[static_cast<std::size_t>(row) + 1]; ++edge)
      matrix(row, graph.columns[static_cast<std::size_t>(edge)]) =
          adjacency.values()[static_cast<std::size_t>(edge)];
  }
  const SymmetricEigenpairs all = solve_by_rotations(matrix);
  LeadingEigenvectors result;
  result.solver = "full matrix";
  result.values = all.values.head(count);
  result.vectors = all.vectors.leftCols(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    double squares = 0;
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
      double sum = -result.values[i] * result.vectors(row, i);
      for (Eigen::Index column = 0; column < matrix.cols(); ++column)
        sum += matrix(row, column) * result.vectors(column, i);
      squares += sum * sum;
    }
    result.largest_residual = std::max(result.largest_residual, std::sqrt(squares));
  }
  result.has_converged = all.has_converged;
  return result;
}

// An eigenvector and its negative are equally good: takes the one whose largest value is positive.
void fix_signs(MatrixD& vectors) {
  for (Eigen::Index column = 0; column < vectors.cols(); ++column) {
    Eigen::Index largest = 0;
    vectors.col(column).cwiseAbs().maxCoeff(&largest);
    if (vectors(largest, column) < 0) vectors.col(column) *= -1;
  }
}

}  // namespace

LeadingEigenvectors find_leading_eigenvectors(const NormalizedAdjacency& adjacency, std::int64_t count,
                                              RngStream stream, ThreadPool& pool) {
  assert(count >= 1 && count <= adjacency.row_count());
  LeadingEigenvectors result;
  if (adjacency.row_count() <= std::max(kMostRowsOfFullMatrix, 3 * count + 40)) {
    result = solve_full_matrix(adjacency, count);
  } else if (count == 1) {
    result = {Eigen::VectorXd::Ones(1), adjacency.first_vector(), 0, true, 0, "products"};
  } else {
    result = FilteredSubspace(adjacency, count - 1, stream, pool).run();
  }
  fix_signs(result.vectors);
  return result;
}

}  // namespace regimetry::regimes
