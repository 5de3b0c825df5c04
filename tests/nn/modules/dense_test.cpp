#include "nn/modules/dense.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::nn {
namespace {

Dense small(Activation activation) {
  const torch::NoGradGuard no_grad;
  Dense layer(2, 3, activation);
  layer->weight.copy_(torch::tensor({1.0F, 2.0F, 3.0F, 4.0F, -5.0F, 6.0F}).view({3, 2}));
  layer->bias.copy_(torch::tensor({0.5F, 0.0F, -1.0F}));
  return layer;
}

TEST(Dense, MultipliesByTheWeightAndAddsTheBias) {
  const torch::Tensor x = torch::tensor({10.0F, 1.0F}).view({1, 1, 2});
  EXPECT_TRUE(small(Activation::kNone)(x).equal(torch::tensor({12.5F, 34.0F, -45.0F}).view({1, 1, 3})));
  EXPECT_TRUE(small(Activation::kRelu)(x).equal(torch::tensor({12.5F, 34.0F, 0.0F}).view({1, 1, 3})));
}

TEST(Dense, KnowsTheExactGelu) {
  const double x = -0.7;
  const double expected = x * 0.5 * (1.0 + std::erf(x / std::sqrt(2.0)));
  EXPECT_NEAR(activate(torch::tensor({x}), Activation::kGelu).item<double>(), expected, 1e-7);
}

TEST(Dense, BeginsWithZerosAndItsTwoParameters) {
  Dense layer(4, 2);
  const auto parameters = layer->named_parameters();
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters["weight"].sizes().vec(), (std::vector<std::int64_t>{2, 4}));
  EXPECT_EQ(parameters["bias"].sizes().vec(), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(layer(torch::ones({1, 4})).abs().max().item<double>(), 0.0);
}

}  // namespace
}  // namespace regimetry::nn
