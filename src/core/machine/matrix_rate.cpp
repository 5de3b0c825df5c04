#include "core/machine/matrix_rate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

namespace regimetry {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kBudgetSeconds = 0.25;
constexpr int kMinProducts = 2;

[[nodiscard]] double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Small integers, so that every product and sum is exact in float.
[[nodiscard]] float left_element(int row, int column) {
  return static_cast<float>((row + 2 * column) % 5 - 2);
}
[[nodiscard]] float right_element(int row, int column) {
  return static_cast<float>((3 * row + column) % 7 - 3);
}

struct Matrices {
  explicit Matrices(int n) : edge(n), a(area()), b(area()), c(area(), 0.0F) {
    for (int row = 0; row < n; ++row) {
      for (int column = 0; column < n; ++column) {
        a[index(row, column)] = left_element(row, column);
        b[index(row, column)] = right_element(row, column);
      }
    }
  }
  [[nodiscard]] std::size_t area() const {
    return static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge);
  }
  [[nodiscard]] std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(edge) + static_cast<std::size_t>(column);
  }
  // A few elements against the definition; all of them would take longer than the product.
  [[nodiscard]] bool is_product() const {
    for (int step = 0; step < 8; ++step) {
      const int row = step * 37 % edge, column = step * 101 % edge;
      double expected = 0;
      for (int k = 0; k < edge; ++k) expected += left_element(row, k) * right_element(k, column);
      if (static_cast<double>(c[index(row, column)]) != expected) return false;
    }
    return true;
  }

  int edge;
  std::vector<float> a, b, c;
};

[[nodiscard]] double operations(int n) {
  return 2.0 * n * n * n;
}

[[nodiscard]] double timed_product(const MultiplySquare& multiply, Matrices& matrices) {
  const auto start = Clock::now();
  multiply(matrices.edge, matrices.a.data(), matrices.b.data(), matrices.c.data());
  return seconds_since(start);
}

// The largest of the usual sizes of which several products fit the budget.
[[nodiscard]] int edge_for(double gflops) {
  for (const int edge : {2048, 1536, 1024, 768}) {
    if (4 * operations(edge) / (gflops * 1e9) < kBudgetSeconds) return edge;
  }
  return 512;
}

}  // namespace

MatrixRate measure_matrix_rate(const MultiplySquare& multiply) {
  Matrices probe(512);
  (void)timed_product(multiply, probe);  // starts the library's threads
  MatrixRate rate{.gflops = 0, .edge = probe.edge, .is_correct = probe.is_product()};
  if (!rate.is_correct) return rate;
  const double first_guess = operations(probe.edge) / timed_product(multiply, probe) / 1e9;

  Matrices matrices(edge_for(first_guess));
  (void)timed_product(multiply, matrices);  // touches the memory
  rate.edge = matrices.edge;
  rate.is_correct = matrices.is_product();
  const auto start = Clock::now();
  for (int done = 0; rate.is_correct && (done < kMinProducts || seconds_since(start) < kBudgetSeconds);
       ++done) {
    rate.gflops = std::max(rate.gflops, operations(matrices.edge) / timed_product(multiply, matrices) / 1e9);
  }
  return rate;
}

}  // namespace regimetry
