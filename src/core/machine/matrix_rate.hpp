// How fast a library multiplies float matrices.
#pragma once

#include <functional>

namespace regimetry {

// Computes C = A * B for square row-major matrices of edge `n`, all three of n*n floats.
using MultiplySquare = std::function<void(int n, const float* a, const float* b, float* c)>;

struct MatrixRate {
  double gflops = 0;        // best of several products, 2 n^3 operations each; 0 when the answer was wrong
  int edge = 0;             // n of the products that were timed
  bool is_correct = false;  // a product of known matrices came out right
};

// Takes about 0.3 s: a slow library gets smaller matrices, so that it need not be waited for.
[[nodiscard]] MatrixRate measure_matrix_rate(const MultiplySquare& multiply);

}  // namespace regimetry
