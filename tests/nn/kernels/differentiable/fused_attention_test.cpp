#include "nn/kernels/differentiable/fused_attention.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "nn/kernels/differentiable/gradient_check.hpp"
#include "nn/kernels/differentiable/onednn_product.hpp"

namespace regimetry::nn {
namespace {

constexpr double kHidden = -std::numeric_limits<double>::infinity();

torch::Tensor ours(const Tensors& in) {
  return fused_attention(in[0], in[1], in[2], in[3]);
}

torch::Tensor plain(const Tensors& in) {
  torch::Tensor scores = torch::matmul(in[0], in[1].transpose(2, 3)) / std::sqrt(in[0].size(3));
  if (in[3].defined()) scores = scores + in[3];
  return torch::matmul(scores.softmax(-1), in[2]);
}

struct AttentionShape {
  std::int64_t batch, heads, rows, keys, width;
};

// One, odd, the encoder's own, and some of several blocks of rows.
constexpr AttentionShape kShapes[] = {{1, 1, 1, 1, 1},     {2, 1, 1, 9, 3},     {1, 3, 7, 1, 5},
                                      {2, 4, 30, 30, 256}, {3, 2, 5, 5, 17},    {1, 2, 33, 17, 8},
                                      {1, 1, 200, 700, 9}, {1, 2, 513, 513, 16}};

Tensors inputs_of(AttentionShape shape) {
  const auto [batch, heads, rows, keys, width] = shape;
  return {random_leaf({batch, heads, rows, width}, 1), random_leaf({batch, heads, keys, width}, 2),
          random_leaf({batch, heads, keys, width}, 3), torch::Tensor()};
}

TEST(FusedAttention, HasTheValuesAndGradientsOfLibtorch) {
  for (const AttentionShape shape : kShapes) {
    SCOPED_TRACE(testing::Message() << shape.rows << " x " << shape.keys << ", width " << shape.width);
    expect_same_function(ours, plain, inputs_of(shape), 1e-5);
  }
}

TEST(FusedAttention, AddsMasksOfAnyBroadcastableShape) {
  const std::vector<std::vector<std::int64_t>> mask_shapes = {{},        {9},          {6, 9},      {6, 1},
                                                              {3, 1, 9}, {2, 1, 1, 9}, {2, 3, 6, 9}};
  for (const std::vector<std::int64_t>& mask_shape : mask_shapes) {
    Tensors inputs = inputs_of({2, 3, 6, 9, 5});
    inputs[3] = random_leaf(at::IntArrayRef(mask_shape), 4).detach();
    SCOPED_TRACE(testing::PrintToString(mask_shape));
    expect_same_function(ours, plain, inputs, 1e-5);
  }
}

TEST(FusedAttention, HidesKeys) {
  for (const std::int64_t rows : {5, 30, 600}) {
    Tensors inputs = inputs_of({2, 2, rows, rows, 8});
    inputs[3] =
        torch::zeros({rows, rows}).masked_fill(torch::ones({rows, rows}, torch::kBool).triu(1), kHidden);
    expect_same_function(ours, plain, inputs, 1e-5);
  }
}

TEST(FusedAttention, GivesZerosToRowsThatSeeNoKey) {
  Tensors inputs = inputs_of({1, 2, 4, 4, 3});
  inputs[3] = torch::zeros({4, 4});
  inputs[3][2].fill_(kHidden);
  for (const torch::Tensor& mask : {inputs[3], inputs[3].detach().clone().set_requires_grad(true)}) {
    for (std::size_t i = 0; i < 3; ++i) inputs[i].mutable_grad() = torch::Tensor();
    inputs[3] = mask;  // the second goes libtorch's way
    const ValueAndGradients got = value_and_gradients(ours, inputs);
    EXPECT_EQ(got.value.select(2, 2).abs().max().item<float>(), 0.0F);
    EXPECT_EQ(got.gradients[0].select(2, 2).abs().max().item<float>(), 0.0F);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_TRUE(got.gradients[i].isfinite().all().item<bool>());
  }
}

TEST(FusedAttention, HasTheSlopeOfItsOwnValues) {
  expect_slope(ours, inputs_of({2, 2, 6, 6, 8}), 1e-2, 1e-3);
}

TEST(FusedAttention, HasTheSameBitsOnAnyNumberOfThreads) {
  if (!has_onednn()) GTEST_SKIP() << "libtorch's own products promise no such thing";
  for (const AttentionShape shape : kShapes) {
    SCOPED_TRACE(testing::Message() << shape.rows << " x " << shape.keys << ", width " << shape.width);
    expect_same_bits_on_any_thread_count(ours, inputs_of(shape));
  }
}

TEST(FusedAttention, SplitsAndJoinsHeadsWithoutCopies) {
  const auto split = [](const torch::Tensor& x) { return x.view({2, 7, 3, 5}).transpose(1, 2); };
  const auto with_heads = [split](const TensorFunction& attention) {
    return [=](const Tensors& in) {
      return attention({split(in[0]), split(in[1]), split(in[2]), {}}).transpose(1, 2).flatten(2);
    };
  };
  const Tensors inputs = {random_leaf({2, 7, 15}, 1), random_leaf({2, 7, 15}, 2), random_leaf({2, 7, 15}, 3)};
  const torch::Tensor heads = fused_attention(split(inputs[0]), split(inputs[1]), split(inputs[2]));
  EXPECT_TRUE(heads.transpose(1, 2).is_contiguous() || !has_onednn());
  expect_same_function(with_heads(ours), with_heads(plain), inputs, 1e-5);
}

TEST(FusedAttention, StaysFiniteWithLargeScores) {
  Tensors inputs = inputs_of({1, 1, 6, 6, 4});
  inputs[0] = (inputs[0].detach() * 1e4).set_requires_grad(true);
  expect_same_function(ours, plain, inputs, 1e-4);
}

TEST(FusedAttention, LeavesOtherTypesToLibtorch) {
  Tensors inputs = inputs_of({2, 3, 4, 4, 5});
  for (std::size_t i = 0; i < 3; ++i) inputs[i] = inputs[i].detach().to(torch::kFloat64);
  EXPECT_LT((ours(inputs) - plain(inputs)).abs().max().item<double>(), 1e-14);
}

TEST(FusedAttention, RefusesWhatDoesNotFit) {
  const torch::Tensor x = torch::randn({2, 3, 4, 5});
  EXPECT_THROW((void)fused_attention(x, x, torch::randn({2, 3, 5, 5})), c10::Error);
  EXPECT_THROW((void)fused_attention(x[0], x[0], x[0]), c10::Error);
}

}  // namespace
}  // namespace regimetry::nn
