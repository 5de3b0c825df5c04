#include "nn/modules/layer_norm.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/drawn.hpp"

namespace regimetry::nn {
namespace {

// Mean 2, deviations -1 and 1, variance 1.
TEST(LayerNorm, CentersAndScalesEachRow) {
  LayerNorm norm(2, 1e-6);
  const double one = 1.0 / std::sqrt(1.0 + 1e-6);
  const torch::Tensor got = norm(torch::tensor({1.0F, 3.0F}).view({1, 2}));
  EXPECT_NEAR(got[0][0].item<double>(), -one, 1e-7);
  EXPECT_NEAR(got[0][1].item<double>(), one, 1e-7);
}

TEST(LayerNorm, AppliesItsWeightAndBias) {
  LayerNorm norm(3, 1e-6);
  draw_parameters(*norm);
  const torch::Tensor x = drawn({4, 3}, "x");
  const torch::Tensor centered = x - x.mean(-1, true);
  const torch::Tensor expected =
      centered / (centered.square().mean(-1, true) + 1e-6).sqrt() * norm->weight + norm->bias;
  EXPECT_LT(largest_difference(norm(x), expected), 1e-6);
}

// sqrt(epsilon) in the divisor would make a thousandfold of any rounding error.
TEST(LayerNorm, OfASingleColumnIsItsBiasExactly) {
  LayerNorm norm(1, 1e-6);
  draw_parameters(*norm);
  EXPECT_TRUE(norm(drawn({50, 1}, "x", 100.0)).equal(norm->bias.expand({50, 1})));
}

}  // namespace
}  // namespace regimetry::nn
