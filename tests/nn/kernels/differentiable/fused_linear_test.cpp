#include "nn/kernels/differentiable/fused_linear.hpp"

#include <gtest/gtest.h>

#include "nn/kernels/differentiable/gradient_check.hpp"
#include "nn/kernels/differentiable/onednn_product.hpp"

namespace regimetry::nn {
namespace {

TensorFunction ours(Activation activation, ProductPrecision precision = ProductPrecision::kFloat32) {
  return [=](const Tensors& in) { return fused_linear(in[0], in[1], in[2], activation, precision); };
}

TensorFunction libtorch(Activation activation) {
  return [=](const Tensors& in) { return activate(torch::linear(in[0], in[1], in[2]), activation); };
}

struct LinearShape {
  std::int64_t rows, in, out;
};

// One, odd, around the sizes of tiles and vectors, and the encoder's own.
constexpr LinearShape kShapes[] = {{1, 1, 1},    {1, 7, 3},     {3, 1, 5},     {17, 33, 1},    {64, 16, 16},
                                   {65, 31, 67}, {257, 5, 300}, {2, 300, 700}, {1000, 130, 70}};

Tensors inputs_of(LinearShape shape, bool has_bias = true) {
  return {random_leaf({shape.rows, shape.in}, 1), random_leaf({shape.out, shape.in}, 2),
          has_bias ? random_leaf({shape.out}, 3) : torch::Tensor()};
}

class FusedLinear : public testing::TestWithParam<Activation> {};

TEST_P(FusedLinear, HasTheValuesAndGradientsOfLibtorch) {
  for (const LinearShape shape : kShapes) {
    SCOPED_TRACE(testing::Message() << shape.rows << " rows, " << shape.in << " -> " << shape.out);
    expect_same_function(ours(GetParam()), libtorch(GetParam()), inputs_of(shape), 1e-5);
    expect_same_function(ours(GetParam()), libtorch(GetParam()), inputs_of(shape, /*has_bias=*/false), 1e-5);
  }
}

TEST_P(FusedLinear, HasTheSameBitsOnAnyNumberOfThreads) {
  if (!has_onednn()) GTEST_SKIP() << "libtorch's own products promise no such thing";
  for (const LinearShape shape : kShapes) {
    SCOPED_TRACE(testing::Message() << shape.rows << " rows, " << shape.in << " -> " << shape.out);
    expect_same_bits_on_any_thread_count(ours(GetParam()), inputs_of(shape));
    if (has_onednn_bfloat16())
      expect_same_bits_on_any_thread_count(ours(GetParam(), ProductPrecision::kBfloat16), inputs_of(shape));
  }
}

TEST_P(FusedLinear, GivesTheSameValuesWithoutGradients) {
  const Tensors inputs = inputs_of({100, 64, 48});
  const torch::Tensor recorded = ours(GetParam())(inputs);
  const torch::NoGradGuard no_gradients;
  // GELU is fused only where nothing is recorded: other roundings.
  const double tolerance = GetParam() == Activation::kGelu ? 2e-6 : 0.0;
  EXPECT_LE((recorded - ours(GetParam())(inputs)).abs().max().item<double>(),
            tolerance * recorded.abs().max().item<double>());
}

INSTANTIATE_TEST_SUITE_P(Activations, FusedLinear,
                         testing::Values(Activation::kNone, Activation::kRelu, Activation::kGelu));

TEST(FusedLinear, HasTheSlopeOfItsOwnValues) {
  expect_slope(ours(Activation::kNone), inputs_of({9, 20, 11}), 1e-2, 2e-4);
  expect_slope(ours(Activation::kGelu), inputs_of({9, 20, 11}), 1e-2, 2e-3);
}

TEST(FusedLinear, TakesAnyNumberOfLeadingAxes) {
  const Tensors inputs = {random_leaf({3, 5, 7, 8}, 1), random_leaf({6, 8}, 2), random_leaf({6}, 3)};
  EXPECT_EQ(ours(Activation::kNone)(inputs).sizes(), at::IntArrayRef({3, 5, 7, 6}));
  expect_same_function(ours(Activation::kRelu), libtorch(Activation::kRelu), inputs, 1e-5);
  const Tensors vector = {random_leaf({8}, 1), random_leaf({6, 8}, 2), random_leaf({6}, 3)};
  expect_same_function(ours(Activation::kNone), libtorch(Activation::kNone), vector, 1e-5);
}

TEST(FusedLinear, TakesInputsThatLieAnyhow) {
  const Tensors inputs = {random_leaf({8, 50}, 1).detach().t().set_requires_grad(true),
                          random_leaf({8, 12}, 2).detach().t().set_requires_grad(true),
                          random_leaf({24}, 3).detach().slice(0, 0, 24, 2).set_requires_grad(true)};
  expect_same_function(ours(Activation::kRelu), libtorch(Activation::kRelu), inputs, 1e-5);
}

TEST(FusedLinear, LeavesOutGradientsThatNobodyWants) {
  Tensors inputs = inputs_of({70, 20, 30});
  for (const std::size_t fixed : {0, 1, 2}) {
    inputs[fixed] = inputs[fixed].detach();
    expect_same_function(ours(Activation::kRelu), libtorch(Activation::kRelu), inputs, 1e-5);
  }
}

TEST(FusedLinear, LeavesOtherTypesAndEmptyInputsToLibtorch) {
  const torch::Tensor x = torch::randn({4, 3}, torch::kFloat64),
                      weight = torch::randn({2, 3}, torch::kFloat64);
  EXPECT_TRUE(torch::equal(fused_linear(x, weight), torch::linear(x, weight)));
  EXPECT_EQ(fused_linear(torch::empty({0, 3}), torch::randn({2, 3})).sizes(), at::IntArrayRef({0, 2}));
}

TEST(FusedLinear, RefusesWhatDoesNotFit) {
  EXPECT_THROW((void)fused_linear(torch::randn({4, 3}), torch::randn({2, 5})), c10::Error);
  EXPECT_THROW((void)fused_linear(torch::randn({4, 3}), torch::randn({2, 3}), torch::randn({3})), c10::Error);
}

TEST(FusedLinear, RefusesSecondDerivatives) {
  if (!has_onednn()) GTEST_SKIP() << "libtorch's own layers have them";
  const Tensors inputs = inputs_of({4, 3, 2});
  const torch::Tensor y = ours(Activation::kNone)(inputs).sum();
  EXPECT_THROW(y.backward({}, /*retain_graph=*/true, /*create_graph=*/true), c10::Error);
}

// Every factor is off by up to 2^-9 of itself, at random: sums of products come out within about 2^-8 of the
// size of a sum, which max |reference| stands for.
TEST(FusedLinear, IsNearFloat32InBfloat16) {
  for (const LinearShape shape : kShapes) {
    SCOPED_TRACE(testing::Message() << shape.rows << " rows, " << shape.in << " -> " << shape.out);
    const auto rounded = ours(Activation::kNone, ProductPrecision::kBfloat16);
    expect_same_function(rounded, libtorch(Activation::kNone), inputs_of(shape), 0x1p-7);
  }
}

// The rounding is the only difference: with factors that bfloat16 holds exactly, sums are those of float32.
TEST(FusedLinear, AddsProductsOfBfloat16InFloat32) {
  const auto exact = [](at::IntArrayRef shape, std::uint64_t seed) {
    return random_leaf(shape, seed).detach().to(torch::kBFloat16).to(torch::kFloat32);
  };
  const Tensors inputs = {exact({300, 500}, 1), exact({40, 500}, 2), random_leaf({40}, 3).detach()};
  for (const Activation activation : {Activation::kNone, Activation::kRelu, Activation::kGelu})
    expect_same_function(ours(activation, ProductPrecision::kBfloat16), libtorch(activation), inputs, 2e-6);
}

}  // namespace
}  // namespace regimetry::nn
