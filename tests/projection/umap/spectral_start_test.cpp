#include "projection/umap/spectral_start.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace regimetry::projection {
namespace {

// A chain of `count` points, each joined to the next; in two halves when `is_cut`.
SymmetricGraph chain(int count, bool is_cut) {
  SymmetricGraph graph;
  graph.row_begins.push_back(0);
  for (int i = 0; i < count; ++i) {
    for (const int j : {i - 1, i + 1}) {
      if (j < 0 || j >= count || (is_cut && std::min(i, j) == count / 2 - 1 && std::max(i, j) == count / 2))
        continue;
      graph.neighbors.push_back(j);
      graph.weights.push_back(1);
    }
    graph.row_begins.push_back(static_cast<std::int64_t>(graph.neighbors.size()));
  }
  return graph;
}

TEST(SpectralStart, LaysAChainOutInOrder) {
  // Its eigenvectors are cosines: half a wave along the chain, then a whole one.
  ThreadPool pool(1);
  constexpr int kPoints = 60;
  const MatrixD start = spectral_start(chain(kPoints, false), RngStream(1), pool).value();
  const double direction = start(0, 0) > 0 ? 1 : -1, second = start(0, 1) > 0 ? 1 : -1;
  for (int i = 1; i + 1 < kPoints; ++i) {
    EXPECT_NEAR(direction * start(i, 0) / start.col(0).tail(kPoints - 1).head(kPoints - 2).norm(),
                std::cos(M_PI * i / (kPoints - 1)) * std::sqrt(2.0 / (kPoints - 2)), 0.02);
    EXPECT_NEAR(second * start(i, 1) / start.col(1).tail(kPoints - 1).head(kPoints - 2).norm(),
                std::cos(2 * M_PI * i / (kPoints - 1)) * std::sqrt(2.0 / (kPoints - 2)), 0.02);
  }
}

TEST(SpectralStart, IsAbsentForPartsAndForFewPoints) {
  ThreadPool pool(1);
  EXPECT_FALSE(spectral_start(chain(60, true), RngStream(1), pool).has_value());
  EXPECT_FALSE(spectral_start(chain(20, false), RngStream(1), pool).has_value());
}

TEST(SpectralStart, IsTheSameForAnyThreadCount) {
  ThreadPool one(1), three(3);
  EXPECT_TRUE(spectral_start(chain(3000, false), RngStream(1), one).value() ==
              spectral_start(chain(3000, false), RngStream(1), three).value());
}

}  // namespace
}  // namespace regimetry::projection
