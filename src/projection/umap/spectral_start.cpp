#include "projection/umap/spectral_start.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace regimetry::projection {
namespace {

constexpr std::size_t kWidth = 8;  // vectors of the block, of which three are wanted
constexpr std::size_t kWanted = 3;
constexpr std::int64_t kFewestPoints = 32;
constexpr int kDegree = 40, kMostRounds = 20;
constexpr double kTolerance = 1e-3;
constexpr std::int64_t kGrain = 512;

bool is_connected(const SymmetricGraph& graph) {
  std::vector<char> is_seen(static_cast<std::size_t>(graph.size()), 0);
  std::vector<std::int32_t> open = {0};
  is_seen[0] = 1;
  std::int64_t seen = 1;
  while (!open.empty()) {
    const auto i = static_cast<std::size_t>(open.back());
    open.pop_back();
    for (std::int64_t e = graph.row_begins[i]; e < graph.row_begins[i + 1]; ++e) {
      const std::int32_t j = graph.neighbors[static_cast<std::size_t>(e)];
      if (is_seen[static_cast<std::size_t>(j)] != 0) continue;
      is_seen[static_cast<std::size_t>(j)] = 1;
      open.push_back(j);
      ++seen;
    }
  }
  return seen == graph.size();
}

// kWidth numbers per point, side by side.
using Block = std::vector<std::array<double, kWidth>>;
using Small = Eigen::Matrix<double, kWidth, kWidth>;

// D^-1/2 W D^-1/2: eigenvalues from -1 to 1, and 1 once for a connected graph.
class NormalizedGraph {
 public:
  explicit NormalizedGraph(const SymmetricGraph& graph) : graph_(graph), weights_(graph.weights) {
    const auto count = static_cast<std::size_t>(graph.size());
    std::vector<double> scale(count, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::int64_t e = graph.row_begins[i]; e < graph.row_begins[i + 1]; ++e)
        scale[i] += weights_[static_cast<std::size_t>(e)];
      scale[i] = 1 / std::sqrt(scale[i]);
    }
    for (std::size_t i = 0; i < count; ++i)
      for (auto e = static_cast<std::size_t>(graph.row_begins[i]);
           e < static_cast<std::size_t>(graph.row_begins[i + 1]); ++e)
        weights_[e] *= scale[i] * scale[static_cast<std::size_t>(graph.neighbors[e])];
  }

  // out = factor * (S x - shift x) - last; `out` may be `last`.
  void apply(const Block& x, double factor, double shift, const Block& last, Block& out,
             ThreadPool& pool) const {
    pool.parallel_for(graph_.size(), kGrain, [&](IndexRange points) {
      for (auto i = static_cast<std::size_t>(points.begin); i < static_cast<std::size_t>(points.end); ++i) {
        std::array<double, kWidth> sum{};
        for (auto e = static_cast<std::size_t>(graph_.row_begins[i]);
             e < static_cast<std::size_t>(graph_.row_begins[i + 1]); ++e) {
          const std::array<double, kWidth>& other = x[static_cast<std::size_t>(graph_.neighbors[e])];
          for (std::size_t c = 0; c < kWidth; ++c) sum[c] += weights_[e] * other[c];
        }
        for (std::size_t c = 0; c < kWidth; ++c) out[i][c] = factor * (sum[c] - shift * x[i][c]) - last[i][c];
      }
    });
  }

 private:
  const SymmetricGraph& graph_;
  std::vector<double> weights_;
};

double dot(const Block& a, std::size_t column_a, const Block& b, std::size_t column_b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i][column_a] * b[i][column_b];
  return sum;
}

// Gram and Schmidt, twice: after a filter the vectors are nearly parallel.
void orthonormalize(Block& x) {
  for (std::size_t c = 0; c < kWidth; ++c) {
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t earlier = 0; earlier < c; ++earlier) {
        const double share = dot(x, c, x, earlier);
        for (auto& row : x) row[c] -= share * row[earlier];
      }
      const double norm = std::sqrt(dot(x, c, x, c));
      for (auto& row : x) row[c] /= norm;
    }
  }
}

void rotate(Block& x, const Small& rotation) {
  for (auto& row : x) {
    std::array<double, kWidth> turned{};
    for (std::size_t from = 0; from < kWidth; ++from)
      for (std::size_t to = 0; to < kWidth; ++to) turned[to] += row[from] * rotation(from, to);
    row = turned;
  }
}

// Turns the orthonormal block to the best eigenvectors within it, by falling eigenvalue, and returns those.
std::array<double, kWidth> rotate_to_eigenvectors(const NormalizedGraph& graph, Block& x, Block& image,
                                                  ThreadPool& pool) {
  const Block zero(x.size());
  graph.apply(x, 1, 0, zero, image, pool);
  Small projected;
  for (std::size_t a = 0; a < kWidth; ++a)
    for (std::size_t b = 0; b < kWidth; ++b) projected(a, b) = dot(x, a, image, b);
  const Eigen::SelfAdjointEigenSolver<Small> solver(-(projected + projected.transpose()) / 2);
  rotate(x, solver.eigenvectors());
  rotate(image, solver.eigenvectors());
  std::array<double, kWidth> values{};
  for (std::size_t c = 0; c < kWidth; ++c) values[c] = -solver.eigenvalues()[static_cast<Eigen::Index>(c)];
  return values;
}

// The largest |S v - value v| of the wanted vectors, relative to how far their values lie from the rest.
bool is_converged(const Block& x, const Block& image, const std::array<double, kWidth>& values) {
  for (std::size_t c = 1; c < kWanted; ++c) {
    double squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double residual = image[i][c] - values[c] * x[i][c];
      squares += residual * residual;
    }
    if (std::sqrt(squares) > kTolerance * std::max(1 - values[c], values[kWanted - 1] - values[kWidth - 1]))
      return false;
  }
  return true;
}

// Chebyshev's polynomial of the graph, small from -1 to `bound` and steep beyond: x becomes T(x).
void filter(const NormalizedGraph& graph, double bound, Block& x, ThreadPool& pool) {
  const double half_width = (bound + 1) / 2, center = (bound - 1) / 2;
  Block last = x, now(x.size());
  const Block zero(x.size());
  graph.apply(x, 1 / half_width, center, zero, now, pool);
  for (int degree = 2; degree <= kDegree; ++degree) {
    graph.apply(now, 2 / half_width, center, last, last, pool);
    std::swap(now, last);
  }
  x = std::move(now);
}

void copy_with_fixed_sign(const Block& x, std::size_t column, MatrixD& start, Eigen::Index axis) {
  std::size_t largest = 0;
  for (std::size_t i = 1; i < x.size(); ++i)
    if (std::abs(x[i][column]) > std::abs(x[largest][column])) largest = i;
  const double sign = x[largest][column] < 0 ? -1 : 1;
  for (std::size_t i = 0; i < x.size(); ++i) start(static_cast<Eigen::Index>(i), axis) = sign * x[i][column];
}

}  // namespace

std::optional<MatrixD> spectral_start(const SymmetricGraph& graph, RngStream stream, ThreadPool& pool) {
  if (graph.size() < kFewestPoints || !is_connected(graph)) return std::nullopt;
  const NormalizedGraph normalized(graph);
  Block x(static_cast<std::size_t>(graph.size())), image(x.size());
  for (auto& row : x)
    for (double& value : row) value = stream.normal();
  orthonormalize(x);
  double bound = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    filter(normalized, bound, x, pool);
    orthonormalize(x);
    const std::array<double, kWidth> values = rotate_to_eigenvectors(normalized, x, image, pool);
    if (is_converged(x, image, values)) break;
    bound = std::clamp(values[kWidth - 1], 0.0, 0.9999);
  }
  MatrixD start(graph.size(), 2);
  copy_with_fixed_sign(x, 1, start, 0);
  copy_with_fixed_sign(x, 2, start, 1);
  return start;
}

}  // namespace regimetry::projection
