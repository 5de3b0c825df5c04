// The definition itself, on cells small enough for a pencil.
#include "support/encoder_definition.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace regimetry::models {
namespace {

using Embedding = std::vector<double>;

void expect_near(const Embedding& got, const Embedding& expected) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-12) << i;
}

// No positions (learnable ones of zero), no blocks: only the pooling is left.
RegimeEncoderOptions plain(std::int64_t rows, std::int64_t features) {
  RegimeEncoderOptions options;
  options.window_size = rows;
  options.feature_count = features;
  options.encoding_method = EncodingMethod::kLearnable;
  options.num_transformer_blocks = 0;
  options.num_heads = 1;
  options.head_size = 1;
  options.ff_dim = 1;
  return options;
}

// One block with one head of one value, whose norms pass on the sign of a column pair.
RegimeEncoderOptions one_block(std::int64_t rows, std::int64_t features) {
  RegimeEncoderOptions options = plain(rows, features);
  options.num_transformer_blocks = 1;
  options.pooling = Pooling::kLast;
  return options;
}

TEST(EncoderDefinition, AveragesTheRows) {
  const std::vector<float> window = {1, 2, 3, 6};
  expect_near(define_embedding(zero_weights(plain(2, 2)), window), {2, 4});
}

TEST(EncoderDefinition, TakesTheNewestRow) {
  auto options = plain(2, 2);
  options.pooling = Pooling::kLast;
  expect_near(define_embedding(zero_weights(options), std::vector<float>{1, 2, 3, 6}), {3, 6});
}

TEST(EncoderDefinition, TakesTheLargestOfEachColumn) {
  auto options = plain(2, 2);
  options.pooling = Pooling::kMax;
  expect_near(define_embedding(zero_weights(options), std::vector<float>{5, -2, 3, -6}), {5, -2});
}

// Scores 0 and log 3 (the direction is [1, 0]): shares 1/4 and 3/4.
TEST(EncoderDefinition, WeightsRowsAlongTheDirectionOfPooling) {
  auto options = plain(2, 2);
  options.pooling = Pooling::kAttention;
  auto weights = zero_weights(options);
  weights.pooling.values = {1, 0};
  const auto log3 = static_cast<float>(std::log(3.0));
  const auto got = define_embedding(weights, std::vector<float>{0, 4, log3, 8});
  EXPECT_NEAR(got[0], 0.75 * std::log(3.0), 1e-7);
  EXPECT_NEAR(got[1], 7.0, 1e-7);
}

TEST(EncoderDefinition, PoolsValidRowsOnly) {
  const std::vector<float> window = {1, 2, 3, 6, 100, 100};
  const std::vector<std::uint8_t> is_valid = {1, 1, 0};
  auto options = plain(3, 2);
  expect_near(define_embedding(zero_weights(options), window, is_valid), {2, 4});
  options.pooling = Pooling::kLast;
  expect_near(define_embedding(zero_weights(options), window, is_valid), {3, 6});
  options.pooling = Pooling::kMax;
  expect_near(define_embedding(zero_weights(options), window, is_valid), {3, 6});
  options.pooling = Pooling::kAttention;  // a direction of zeros weights all valid rows alike
  expect_near(define_embedding(zero_weights(options), window, is_valid), {2, 4});
}

TEST(EncoderDefinition, Projects) {
  auto options = plain(1, 2);
  options.embedding_dim = 3;
  auto weights = zero_weights(options);
  weights.projection.weight.values = {1, 2, 3, 4, 5, 6};
  weights.projection.bias.values = {0.5F, 0, -1};
  expect_near(define_embedding(weights, std::vector<float>{10, 1}), {12.5, 34, 55});
}

TEST(EncoderDefinition, AddsLearnedPositions) {
  auto options = plain(2, 1);
  options.pooling = Pooling::kLast;
  auto weights = zero_weights(options);
  weights.position.values = {7, 9};
  expect_near(define_embedding(weights, std::vector<float>{1, 2}), {11});
}

TEST(EncoderDefinition, AddsInterleavedWaves) {
  auto options = plain(3, 4);
  options.encoding_method = EncodingMethod::kSinusoidal;
  options.pooling = Pooling::kLast;
  // Position 2 of width 4: angles 2, 2, 2/100, 2/100.
  expect_near(define_embedding(zero_weights(options), std::vector<float>(12, 0.0F)),
              {std::sin(2.0), std::cos(2.0), std::sin(0.02), std::cos(0.02)});
}

// Width 3 becomes 4 by a column of zeros. Angles of the first two columns: pos, pos.
TEST(EncoderDefinition, StacksWavesAndPadsAnOddWidth) {
  auto options = plain(2, 3);
  options.encoding_method = EncodingMethod::kSinusoidal;
  options.encoding_style = EncodingStyle::kStacked;
  options.pooling = Pooling::kLast;
  expect_near(define_embedding(zero_weights(options), std::vector<float>{0, 0, 0, 10, 20, 30}),
              {10 + std::sin(1.0), 20 + std::sin(1.0), 30 + std::cos(1.0), std::cos(1.0)});
}

// Queries and keys of zero: each row attends to all alike. Value and output pass the first column on and the
// norm of [a, 0] is [1, -1] for a > 0 (variance a^2 / 4 against an epsilon of 1e-6).
TEST(EncoderDefinition, NormsTheAttentionThenAddsTheRow) {
  auto weights = zero_weights(one_block(2, 2));
  auto& block = weights.blocks[0];
  block.attention.value.weight.values = {1, 0};
  block.attention.output.weight.values = {1, 0};
  block.norm1.weight.values = {1, 1};
  const double mean = (1000.0 + 3000.0) / 2;
  const double share = (mean / 2) / std::sqrt(mean * mean / 4 + 1e-6);
  expect_near(define_embedding(weights, std::vector<float>{1000, 5, 3000, 7}), {3000 + share, 7 - share});
}

TEST(EncoderDefinition, LooksAheadUnlessMasked) {
  auto options = one_block(2, 2);
  options.pre_norm = true;  // attention reads norm1 of the rows: [1, -1] of the oldest, [-1, 1] of the newest
  options.pooling = Pooling::kMax;
  auto weights = zero_weights(options);
  auto& block = weights.blocks[0];
  block.norm1.weight.values = {1, 1};
  block.attention.value.weight.values = {1, 0};
  block.attention.output.weight.values = {100, 0};
  const std::vector<float> window = {1000, -1000, -1000, 1000};
  // Both rows see the average of 1 and -1, which is 0.
  expect_near(define_embedding(weights, window), {1000, 1000});
  weights.options.look_ahead_mask = true;
  // The oldest row sees itself alone.
  EXPECT_NEAR(define_embedding(weights, window)[0], 1100, 1e-6);
}

// Two heads of size one. Head 0: scores x_i x_j; head 1 attends to all alike.
TEST(EncoderDefinition, GivesEachHeadItsOwnScores) {
  auto options = one_block(2, 1);
  options.pre_norm = true;
  options.num_heads = 2;
  options.embedding_dim = 2;
  auto weights = zero_weights(options);
  weights.projection.weight.values = {1, -1};  // rows [a, -a]
  auto& block = weights.blocks[0];
  block.norm1.weight.values = {1, 1};
  block.norm1.bias.values = {0, 0};
  block.attention.query.weight.values = {1, 0, 0, 0};
  block.attention.key.weight.values = {1, 0, 0, 0};
  block.attention.value.weight.values = {1, 0, 1, 0};
  block.attention.value.bias.values = {0, 3};
  block.attention.output.weight.values = {1, 0, 0, 1};
  // norm1 gives [-1, 1] and [1, -1] up to epsilon; the newest row scores -1 and 1 in head 0.
  const double share = 1.0 / (1.0 + std::exp(-2.0));
  const auto got = define_embedding(weights, std::vector<float>{-1000, 1000});
  EXPECT_NEAR(got[0], 1000 + share - (1 - share), 1e-9);
  EXPECT_NEAR(got[1], -1000 + 3, 1e-9);
}

TEST(EncoderDefinition, ScalesScoresByTheRootOfTheHeadSize) {
  auto options = one_block(2, 2);
  options.pre_norm = true;
  options.head_size = 4;
  auto weights = zero_weights(options);
  auto& block = weights.blocks[0];
  block.norm1.weight.values = {1, 1};
  block.attention.query.bias.values = {1, 1, 1, 1};
  block.attention.key.weight.values = {1, 0, 1, 0, 1, 0, 1, 0};
  block.attention.value.weight.values = {1, 0, 0, 0, 0, 0, 0, 0};
  block.attention.output.weight.values = {1, 0, 0, 0, 0, 0, 0, 0};
  // Scores 4 * (-1) / 2 and 4 * 1 / 2: shares of a logistic of 4.
  const double share = 1.0 / (1.0 + std::exp(-4.0));
  const auto got = define_embedding(weights, std::vector<float>{-1000, 1000, 1000, -1000});
  EXPECT_NEAR(got[0], 1000 + share - (1 - share), 1e-9);
}

TEST(EncoderDefinition, KeepsPaddingOutOfTheKeys) {
  auto options = one_block(3, 2);
  options.pre_norm = true;
  auto weights = zero_weights(options);
  auto& block = weights.blocks[0];
  block.norm1.weight.values = {1, 1};
  block.attention.value.weight.values = {1, 0};
  block.attention.output.weight.values = {100, 0};
  const std::vector<float> window = {-1000, 1000, 1000, -1000, 1000, -1000};
  EXPECT_NEAR(define_embedding(weights, window)[0], 1000 + 100.0 / 3, 1e-6);
  const std::vector<std::uint8_t> is_valid = {0, 1, 1};
  EXPECT_NEAR(define_embedding(weights, window, is_valid)[0], 1100, 1e-6);
}

// A hidden layer of one: ffn1 reads the first column, ffn2 writes to the second; attention is silent.
TEST(EncoderDefinition, ActivatesThePointwiseLayer) {
  auto options = one_block(1, 2);
  options.pre_norm = true;
  auto weights = zero_weights(options);
  auto& block = weights.blocks[0];
  block.norm2.bias.values = {-0.5F, 0};  // norm2 of weight zero gives its bias whatever it reads
  block.ffn1.weight.values = {1, 0};
  block.ffn2.weight.values = {0, 2};
  block.ffn2.bias.values = {0, 1};
  const std::vector<float> window = {10, 20};
  expect_near(define_embedding(weights, window), {10, 21});
  weights.options.activation = Activation::kGelu;
  // -0.5 * Phi(-0.5), Phi(-0.5) = 0.30853753872598689...
  expect_near(define_embedding(weights, window), {10, 21 + 2 * -0.5 * 0.30853753872598689});
}

// Post-norm: norm2 of [0, h] is [-1, 1] up to epsilon, and r is added to it.
TEST(EncoderDefinition, NormsThePointwiseLayerThenAddsItsInput) {
  auto weights = zero_weights(one_block(1, 2));
  auto& block = weights.blocks[0];
  block.ffn1.weight.values = {1, 0};
  block.ffn2.weight.values = {0, 100};
  block.norm2.weight.values = {1, 1};
  const auto got = define_embedding(weights, std::vector<float>{10, 20});
  EXPECT_NEAR(got[0], 9, 1e-9);
  EXPECT_NEAR(got[1], 21, 1e-9);
}

TEST(EncoderDefinition, RefusesWhatHasNoAnswer) {
  const auto weights = zero_weights(plain(2, 2));
  const std::vector<float> window = {1, 2, 3, 6};
  EXPECT_THROW(static_cast<void>(define_embedding(weights, std::vector<float>{1, 2})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(define_embedding(weights, window, std::vector<std::uint8_t>{0, 0})),
               std::invalid_argument);
  EXPECT_THROW(static_cast<void>(define_embedding(weights, window, std::vector<std::uint8_t>{1})),
               std::invalid_argument);
}

TEST(EncoderDefinition, RollsOverRows) {
  const std::vector<float> rows = {1, 2, 3, 4, 5, 6};  // five windows of two rows at stride 1, three at 2
  const auto weights = zero_weights(plain(2, 1));
  expect_near(define_embeddings(weights, rows, 1), {1.5, 2.5, 3.5, 4.5, 5.5});
  expect_near(define_embeddings(weights, rows, 2), {1.5, 3.5, 5.5});
  expect_near(define_embeddings(weights, rows, 4), {1.5, 5.5});
}

}  // namespace
}  // namespace regimetry::models
