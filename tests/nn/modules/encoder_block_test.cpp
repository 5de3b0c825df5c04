#include "nn/modules/encoder_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"
#include "support/drawn.hpp"

namespace regimetry::nn {
namespace {

EncoderBlockOptions small() {
  EncoderBlockOptions options;
  options.attention.width = 6;
  options.attention.num_heads = 2;
  options.attention.head_size = 4;
  options.ff_dim = 7;
  return options;
}

EncoderBlock drawn_block(const EncoderBlockOptions& options) {
  EncoderBlock block(options);
  draw_parameters(*block);
  block->eval();
  return block;
}

torch::Tensor norm(const LayerNorm& layer, const torch::Tensor& x) {
  const torch::Tensor centered = x - x.mean(-1, true);
  return centered / (centered.square().mean(-1, true) + 1e-6).sqrt() * layer->weight + layer->bias;
}

torch::Tensor pointwise(const EncoderBlock& block, const torch::Tensor& x) {
  const torch::Tensor hidden = torch::matmul(x, block->ffn1->weight.t()) + block->ffn1->bias;
  const torch::Tensor active = block->options.activation == Activation::kRelu
                                   ? hidden.clamp_min(0.0)
                                   : hidden * 0.5 * (1.0 + torch::erf(hidden / std::sqrt(2.0)));
  return torch::matmul(active, block->ffn2->weight.t()) + block->ffn2->bias;
}

TEST(EncoderBlock, NormsAfterItsLayers) {
  for (const Activation activation : {Activation::kRelu, Activation::kGelu}) {
    auto options = small();
    options.activation = activation;
    EncoderBlock block = drawn_block(options);
    const torch::Tensor x = drawn({2, 5, 6}, "x");
    const torch::Tensor r = norm(block->norm1, block->attention(x)) + x;
    EXPECT_LT(largest_difference(block(x), norm(block->norm2, pointwise(block, r)) + r), 2e-5);
  }
}

TEST(EncoderBlock, NormsBeforeItsLayersWhenAsked) {
  auto options = small();
  options.pre_norm = true;
  EncoderBlock block = drawn_block(options);
  const torch::Tensor x = drawn({2, 5, 6}, "x");
  const torch::Tensor r = block->attention(norm(block->norm1, x)) + x;
  EXPECT_LT(largest_difference(block(x), pointwise(block, norm(block->norm2, r)) + r), 1e-5);
}

TEST(EncoderBlock, DropsInTrainingOnly) {
  auto options = small();
  options.dropout = 0.5;
  EncoderBlock block = drawn_block(options);
  const torch::Tensor x = drawn({2, 5, 6}, "x");
  const torch::Tensor kept = block(x);
  EXPECT_TRUE(kept.equal(block(x)));
  block->train();
  EXPECT_FALSE(kept.equal(block(x)));
  torch::manual_seed(1);
  const torch::Tensor first = block(x);
  torch::manual_seed(1);
  EXPECT_TRUE(first.equal(block(x))) << "the draws come from libtorch's generator";
}

TEST(EncoderBlock, TakesBandsAndPenalties) {
  auto options = small();
  options.attention.pattern = {.look_ahead_mask = true, .band = 2};
  options.attention.recency = RecencyPenalty::kLearned;
  EncoderBlock block = drawn_block(options);
  const torch::Tensor x = drawn({1, 150, 6}, "x");
  torch::Tensor changed = x.clone();
  changed[0][100] += 1.0;
  const torch::Tensor difference = (block(x) - block(changed)).abs().sum(2)[0];
  EXPECT_EQ(difference.slice(0, 0, 100).max().item<double>(), 0.0);
  EXPECT_EQ(difference.slice(0, 102).max().item<double>(), 0.0);
  EXPECT_GT(difference[101].item<double>(), 0.0);
}

TEST(EncoderBlock, ListsEveryProblemOfItsOptions) {
  EncoderBlockOptions options;
  options.ff_dim = 0;
  options.dropout = -1.0;
  const std::string message = message_of(ErrorKind::kUsage, [&] { EncoderBlock unusable(options); });
  for (const char* part : {"width is 0", "ff_dim is 0", "dropout is -1"})
    EXPECT_THAT(message, ::testing::HasSubstr(part));
}

}  // namespace
}  // namespace regimetry::nn
