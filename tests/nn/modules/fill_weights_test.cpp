#include "nn/modules/fill_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::nn {
namespace {

TEST(FillWeights, DrawsInRowMajorOrderFromTheStreamAlone) {
  torch::Tensor weight = torch::zeros({2, 3});
  fill_uniform(weight, 0.5, Rng(1).stream("w"));
  RngStream stream = Rng(1).stream("w");
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(weight[i / 3][i % 3].item<float>(), static_cast<float>(stream.uniform(-0.5, 0.5)));
}

TEST(FillWeights, BoundsGlorotByBothSides) {
  torch::Tensor weight = torch::zeros({40, 20});
  fill_glorot(weight, 20, 40, Rng(1).stream("w"));
  const double limit = std::sqrt(6.0 / 60.0);
  EXPECT_LE(weight.abs().max().item<double>(), limit);
  EXPECT_GT(weight.abs().max().item<double>(), 0.95 * limit);
}

TEST(FillWeights, LeavesNoTraceInTheGradient) {
  torch::Tensor weight = torch::zeros({2, 3}, torch::requires_grad());
  fill_uniform(weight, 0.5, Rng(1).stream("w"));
  EXPECT_TRUE(weight.is_leaf());
}

}  // namespace
}  // namespace regimetry::nn
