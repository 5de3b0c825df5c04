#include "regimes/spectral/inverse_lanczos.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cmath>
#include <vector>

namespace regimetry::regimes {
namespace {

using SparseMatrix = Eigen::SparseMatrix<double>;

// Keeps I - S + shift I positive definite; far below the eigenvalues of I - S that are to be told apart.
constexpr double kShift = 1e-10;

class Factor : public Eigen::SimplicialLDLT<SparseMatrix> {
 public:
  // Multiplications that factorize() will take, known after analyzePattern().
  [[nodiscard]] double operations() const {
    double sum = 0;
    for (Eigen::Index column = 0; column < this->m_nonZerosPerCol.size(); ++column)
      sum += static_cast<double>(this->m_nonZerosPerCol[column]) *
             static_cast<double>(this->m_nonZerosPerCol[column]);
    return sum;
  }
};

SparseMatrix shifted_laplacian(const NormalizedAdjacency& adjacency) {
  const NeighborGraph& graph = adjacency.graph();
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(graph.columns.size() / 2 + graph.begins.size());
  for (std::int32_t row = 0; row < graph.row_count(); ++row) {
    entries.emplace_back(row, row, 1 + kShift);
    for (std::int64_t edge = graph.begins[static_cast<std::size_t>(row)];
         edge < graph.begins[static_cast<std::size_t>(row) + 1]; ++edge) {
      const auto at = static_cast<std::size_t>(edge);
      if (graph.columns[at] < row) entries.emplace_back(row, graph.columns[at], -adjacency.values()[at]);
    }
  }
  SparseMatrix lower(graph.row_count(), graph.row_count());
  lower.setFromTriplets(entries.begin(), entries.end());
  return lower;
}

// The Krylov basis of the inverse, kept orthonormal in full.
class Lanczos {
 public:
  Lanczos(const Factor& factor, const Eigen::VectorXd& first_vector, std::int64_t most_steps,
          RngStream stream, ThreadPool& pool)
      : factor_(factor), pool_(pool), basis_(first_vector.size(), most_steps + 2) {
    basis_.col(0) = first_vector;
    Eigen::VectorXd begin(first_vector.size());
    stream.fill_normal({begin.data(), static_cast<std::size_t>(begin.size())});
    orthogonalize(begin, 1);
    basis_.col(1) = begin / begin.norm();
  }

  // False when the space is exhausted.
  bool step() {
    Eigen::VectorXd next = factor_.solve(basis_.col(steps_ + 1));
    const Eigen::VectorXd along = orthogonalize(next, steps_ + 2);
    diagonal_.push_back(along[steps_ + 1]);
    ++steps_;
    const double length = next.norm();
    off_diagonal_.push_back(length);
    if (!(length > 1e-14 * std::abs(diagonal_.front()))) return false;
    basis_.col(steps_ + 1) = next / length;
    return true;
  }

  [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }

  // Whether the `count` leading pairs are settled.
  [[nodiscard]] bool has_settled(std::int64_t count) const {
    if (steps_ < count + 2) return false;
    const auto solver = projected();
    for (std::int64_t i = 0; i < count; ++i) {
      const double rest = std::abs(off_diagonal_.back() * solver.eigenvectors()(steps_ - 1, steps_ - 1 - i));
      if (rest > 1e-10 * solver.eigenvalues()[steps_ - 1 - i]) return false;
    }
    return true;
  }

  [[nodiscard]] MatrixD leading(std::int64_t count) const {
    const auto solver = projected();
    const std::int64_t available = std::min(count, steps_);
    MatrixD vectors = MatrixD::Zero(basis_.rows(), count);
    for (std::int64_t i = 0; i < available; ++i) {
      for (std::int64_t step = 0; step < steps_; ++step)
        vectors.col(i) += solver.eigenvectors()(step, steps_ - 1 - i) * basis_.col(step + 1);
    }
    return vectors;
  }

 private:
  [[nodiscard]] Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> projected() const {
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    solver.computeFromTridiagonal(Eigen::Map<const Eigen::VectorXd>(diagonal_.data(), steps_),
                                  Eigen::Map<const Eigen::VectorXd>(off_diagonal_.data(), steps_ - 1));
    return solver;
  }

  // Takes the first `count` basis vectors out of `vector`, twice, and gives what lay along each.
  Eigen::VectorXd orthogonalize(Eigen::VectorXd& vector, std::int64_t count) {
    Eigen::VectorXd total = Eigen::VectorXd::Zero(count);
    for (int round = 0; round < 2; ++round) {
      const Eigen::VectorXd along = along_basis(vector, count);
      pool_.parallel_for(vector.size(), kRowsPerChunk, [&](IndexRange rows) {
        for (std::int64_t i = 0; i < count; ++i)
          vector.segment(rows.begin, rows.size()) -=
              along[i] * basis_.col(i).segment(rows.begin, rows.size());
      });
      total += along;
    }
    return total;
  }

  Eigen::VectorXd along_basis(const Eigen::VectorXd& vector, std::int64_t count) {
    std::vector<Eigen::VectorXd> parts(
        static_cast<std::size_t>((vector.size() + kRowsPerChunk - 1) / kRowsPerChunk));
    pool_.parallel_for(vector.size(), kRowsPerChunk, [&](IndexRange rows) {
      parts[static_cast<std::size_t>(rows.begin / kRowsPerChunk)] =
          basis_.block(rows.begin, 0, rows.size(), count).transpose() *
          vector.segment(rows.begin, rows.size());
    });
    Eigen::VectorXd sum = parts.front();
    for (std::size_t part = 1; part < parts.size(); ++part) sum += parts[part];
    return sum;
  }

  static constexpr std::int64_t kRowsPerChunk = 8192;

  const Factor& factor_;
  ThreadPool& pool_;
  Eigen::MatrixXd basis_;  // column-major: [first vector, Krylov vectors ...]
  std::int64_t steps_ = 0;
  std::vector<double> diagonal_, off_diagonal_;
};

}  // namespace

std::optional<MatrixD> inverse_lanczos(const NormalizedAdjacency& adjacency, std::int64_t count,
                                       double most_operations, RngStream stream, ThreadPool& pool) {
  const SparseMatrix laplacian = shifted_laplacian(adjacency);
  Factor factor;
  factor.analyzePattern(laplacian);
  if (factor.operations() > most_operations) return std::nullopt;
  factor.factorize(laplacian);
  if (factor.info() != Eigen::Success) return std::nullopt;
  const std::int64_t most_steps = std::min(20 + 8 * count, adjacency.row_count() - 2);
  Lanczos lanczos(factor, adjacency.first_vector(), most_steps, stream, pool);
  constexpr std::int64_t kStepsBetweenChecks = 5;
  while (lanczos.step() && lanczos.steps() < most_steps) {
    if (lanczos.steps() % kStepsBetweenChecks == 0 && lanczos.has_settled(count)) break;
  }
  return lanczos.leading(count);
}

}  // namespace regimetry::regimes
