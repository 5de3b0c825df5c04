#include "nn/kernels/differentiable/fused_layer_norm.hpp"

#include <gtest/gtest.h>

#include "nn/kernels/differentiable/gradient_check.hpp"

namespace regimetry::nn {
namespace {

constexpr double kEpsilon = 1e-6;

torch::Tensor ours(const Tensors& in) {
  return fused_layer_norm(in[0], in[1], in[2], kEpsilon, in[3]);
}

torch::Tensor libtorch(const Tensors& in) {
  const torch::Tensor y = torch::layer_norm(in[0], {in[0].size(-1)}, in[1], in[2], kEpsilon);
  return in[3].defined() ? y + in[3] : y;
}

Tensors inputs_of(std::int64_t rows, std::int64_t width, bool has_residual) {
  return {random_leaf({rows, width}, 1), random_leaf({width}, 2), random_leaf({width}, 3),
          has_residual ? random_leaf({rows, width}, 4) : torch::Tensor()};
}

TEST(FusedLayerNorm, HasTheValuesAndGradientsOfLibtorch) {
  for (const auto& [rows, width] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {1, 3}, {5, 15}, {16, 16}, {33, 17}, {300, 64}, {1001, 255}}) {
    SCOPED_TRACE(testing::Message() << rows << " x " << width);
    expect_same_function(ours, libtorch, inputs_of(rows, width, false), 1e-5);
    expect_same_function(ours, libtorch, inputs_of(rows, width, true), 1e-5);
  }
}

// A row of one number has no spread: the output is the bias, and nothing depends on x.
TEST(FusedLayerNorm, GivesTheBiasForRowsOfOne) {
  const ValueAndGradients got = value_and_gradients(ours, inputs_of(3, 1, false));
  EXPECT_EQ(got.value[0].item<float>(), random_leaf({1}, 3).item<float>());
  EXPECT_EQ(got.gradients[0].abs().max().item<float>(), 0.0F);
}

TEST(FusedLayerNorm, HasTheSlopeOfItsOwnValues) {
  expect_slope(ours, inputs_of(7, 20, true), 1e-2, 1e-3);
}

TEST(FusedLayerNorm, HasTheSameBitsOnAnyNumberOfThreads) {
  expect_same_bits_on_any_thread_count(ours, inputs_of(1, 9, true));
  expect_same_bits_on_any_thread_count(ours, inputs_of(1001, 255, true));
}

TEST(FusedLayerNorm, TakesInputsThatLieAnyhow) {
  Tensors inputs = inputs_of(20, 12, true);
  inputs[0] = random_leaf({12, 4, 5}, 1).detach().permute({1, 2, 0}).set_requires_grad(true);
  inputs[3] = random_leaf({4, 12, 5}, 1).detach().transpose(1, 2).set_requires_grad(true);
  expect_same_function(ours, libtorch, inputs, 1e-5);
}

TEST(FusedLayerNorm, LeavesOutGradientsThatNobodyWants) {
  Tensors inputs = inputs_of(40, 12, true);
  for (const std::size_t fixed : {3, 0, 1}) {
    inputs[fixed] = inputs[fixed].detach();
    expect_same_function(ours, libtorch, inputs, 1e-5);
  }
}

TEST(FusedLayerNorm, LeavesOtherTypesToLibtorch) {
  Tensors inputs = inputs_of(5, 6, true);
  for (torch::Tensor& input : inputs) input = input.detach().to(torch::kFloat64);
  EXPECT_TRUE(torch::equal(ours(inputs), libtorch(inputs)));
}

TEST(FusedLayerNorm, RefusesAResidualOfAnotherShape) {
  Tensors inputs = inputs_of(5, 6, false);
  inputs[3] = torch::zeros({6});
  EXPECT_THROW((void)ours(inputs), c10::Error);
}

}  // namespace
}  // namespace regimetry::nn
