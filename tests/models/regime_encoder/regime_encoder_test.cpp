#include "models/regime_encoder/regime_encoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/expect_error.hpp"
#include "nn/modules/tensor_view.hpp"
#include "support/encoder_cases.hpp"
#include "support/encoder_definition.hpp"

namespace regimetry::models {
namespace {

using ::testing::HasSubstr;
using Mask = std::vector<std::uint8_t>;

constexpr std::int64_t kBatch = 4;

struct Batch {
  std::vector<float> values;  // [B, L, F]
  torch::Tensor windows;
};

Batch drawn_batch(const RegimeEncoderOptions& options, std::uint64_t seed = 3) {
  Batch batch;
  batch.values = drawn_rows(options, kBatch * options.window_size, seed);
  batch.windows = nn::view_of(batch.values, {kBatch, options.window_size, options.feature_count}).clone();
  return batch;
}

// Window b is padded in a way of its own: nothing, the oldest rows, the newest rows, rows in between.
std::vector<Mask> drawn_masks(std::int64_t length) {
  const auto count = static_cast<std::size_t>(length);
  std::vector<Mask> masks(kBatch, Mask(count, 1));
  for (std::size_t l = 0; l + 1 < count; ++l) {
    masks[1][l] = l < count / 3 ? 0 : 1;
    masks[2][count - 1 - l] = l < count / 3 ? 0 : 1;
    masks[3][l] = l % 3 == 0 ? 0 : 1;
  }
  return masks;
}

torch::Tensor as_tensor(const std::vector<Mask>& masks) {
  torch::Tensor is_valid = torch::ones({kBatch, static_cast<std::int64_t>(masks[0].size())}, torch::kBool);
  for (std::int64_t b = 0; b < kBatch; ++b) {
    for (std::int64_t l = 0; l < is_valid.size(1); ++l)
      is_valid[b][l] = masks[static_cast<std::size_t>(b)][static_cast<std::size_t>(l)] != 0;
  }
  return is_valid;
}

// Every window by the definition; masks: none, or one per window.
std::vector<double> defined(const RegimeEncoderWeights& weights, const Batch& batch,
                            const std::vector<Mask>& masks = {}) {
  const std::size_t window_values = batch.values.size() / kBatch;
  std::vector<double> embeddings;
  for (std::size_t b = 0; b < kBatch; ++b) {
    const auto window = std::span(batch.values).subspan(b * window_values, window_values);
    const auto one = define_embedding(weights, window, masks.empty() ? Mask{} : masks[b]);
    embeddings.insert(embeddings.end(), one.begin(), one.end());
  }
  return embeddings;
}

RegimeEncoder evaluating(const RegimeEncoderWeights& weights) {
  RegimeEncoder encoder(weights);
  encoder->eval();
  return encoder;
}

class RegimeEncoderCases : public ::testing::TestWithParam<EncoderCase> {};

TEST_P(RegimeEncoderCases, EqualTheDefinition) {
  const auto weights = drawn_weights(GetParam().options, 1);
  const Batch batch = drawn_batch(weights.options);
  const auto got = evaluating(weights)->forward(batch.windows);
  EXPECT_EQ(got.sizes().vec(), (std::vector<std::int64_t>{kBatch, weights.options.width()}));
  EXPECT_LT(relative_difference(nn::values_of(got), defined(weights, batch)), 1e-5);
}

TEST_P(RegimeEncoderCases, EqualTheDefinitionWithPadding) {
  const auto weights = drawn_weights(GetParam().options, 2);
  const Batch batch = drawn_batch(weights.options);
  const auto masks = drawn_masks(weights.options.window_size);
  const auto got = evaluating(weights)->forward(batch.windows, as_tensor(masks));
  EXPECT_LT(relative_difference(nn::values_of(got), defined(weights, batch, masks)), 1e-5);
}

TEST_P(RegimeEncoderCases, NameTheirParametersAsTheFileDoes) {
  const auto weights = drawn_weights(GetParam().options, 1);
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> expected, got;
  visit_weights(weights, [&](const std::string& name, const WeightArray& array) {
    expected.emplace_back(name, array.shape);
  });
  for (const auto& parameter : RegimeEncoder(weights)->named_parameters())
    got.emplace_back(parameter.key(), parameter.value().sizes().vec());
  EXPECT_EQ(got, expected);
}

TEST_P(RegimeEncoderCases, GiveBackTheirWeights) {
  const auto weights = drawn_weights(GetParam().options, 1);
  EXPECT_EQ(RegimeEncoder(weights)->copy_weights(), weights);
}

TEST_P(RegimeEncoderCases, LetGradientsReachEveryParameter) {
  const auto weights = drawn_weights(GetParam().options, 1);
  const Batch batch = drawn_batch(weights.options);
  RegimeEncoder encoder = evaluating(weights);
  const torch::Tensor embedding = encoder->forward(batch.windows);
  if (encoder->parameters().empty()) return;
  (embedding * torch::arange(1, embedding.numel() + 1).view_as(embedding)).sum().backward();
  for (const auto& parameter : encoder->named_parameters()) {
    const torch::Tensor& gradient = parameter.value().grad();
    ASSERT_TRUE(gradient.defined()) << parameter.key();
    EXPECT_TRUE(gradient.isfinite().all().item<bool>()) << parameter.key();
    // A constant added to all scores of a row changes no softmax, one row leaves a softmax no choice, and a
    // norm over a single column is its bias.
    const bool has_choice = weights.options.window_size > 1 && weights.options.width() > 1;
    if (!has_choice || parameter.key().find("key.bias") != std::string::npos) continue;
    EXPECT_GT(gradient.abs().max().item<double>(), 0.0) << parameter.key();
  }
}

INSTANTIATE_TEST_SUITE_P(Sweep, RegimeEncoderCases, ::testing::ValuesIn(encoder_cases()),
                         [](const auto& one) { return one.param.name; });

RegimeEncoderOptions full() {
  RegimeEncoderOptions options;
  options.feature_count = 5;
  options.window_size = 7;
  options.embedding_dim = 6;
  options.encoding_method = EncodingMethod::kLearnable;
  options.activation = Activation::kGelu;  // smooth, so that differences are close to derivatives
  options.pooling = Pooling::kAttention;
  options.num_heads = 2;
  options.head_size = 4;
  options.ff_dim = 9;
  return options;
}

// Central differences of the definition, which is in double and shares no code with the gradients.
TEST(RegimeEncoder, HasTheGradientsOfTheDefinition) {
  for (const bool pre_norm : {false, true}) {
    auto options = full();
    options.pre_norm = pre_norm;
    const auto weights = drawn_weights(options, 5);
    const Batch batch = drawn_batch(options);
    const auto masks = drawn_masks(options.window_size);
    RegimeEncoder encoder = evaluating(weights);
    encoder->forward(batch.windows, as_tensor(masks)).square().sum().backward();
    const auto loss = [&](const RegimeEncoderWeights& at) {
      double sum = 0.0;
      for (const double value : defined(at, batch, masks)) sum += value * value;
      return sum;
    };
    const auto parameters = encoder->named_parameters();
    RegimeEncoderWeights moved = weights;
    visit_weights(moved, [&](const std::string& name, WeightArray& array) {
      const std::size_t i = array.values.size() / 2;
      const float before = array.values[i];
      const float above = before + 0x1p-9F, below = before - 0x1p-9F;
      array.values[i] = above;
      const double loss_above = loss(moved);
      array.values[i] = below;
      const double loss_below = loss(moved);
      array.values[i] = before;
      const double slope = (loss_above - loss_below) / (static_cast<double>(above) - below);
      const double gradient = nn::values_of(parameters[name].grad())[i];
      EXPECT_NEAR(gradient, slope, 1e-3 * (1.0 + std::abs(slope))) << name << " pre_norm " << pre_norm;
    });
  }
}

TEST(RegimeEncoder, DropsInTrainingOnly) {
  auto options = full();
  options.dropout = 0.5;
  RegimeEncoder encoder(drawn_weights(options, 1));
  const Batch batch = drawn_batch(options);
  encoder->eval();
  const torch::Tensor first = encoder->forward(batch.windows);
  EXPECT_TRUE(first.equal(encoder->forward(batch.windows)));
  encoder->train();
  EXPECT_FALSE(first.equal(encoder->forward(batch.windows)));
  EXPECT_FALSE(encoder->forward(batch.windows).equal(encoder->forward(batch.windows)));
}

TEST(RegimeEncoder, IgnoresWhateverStandsInPadding) {
  for (const Pooling pooling : {Pooling::kMean, Pooling::kLast, Pooling::kMax, Pooling::kAttention}) {
    for (const bool look_ahead_mask : {false, true}) {
      auto options = full();
      options.pooling = pooling;
      options.look_ahead_mask = look_ahead_mask;
      RegimeEncoder encoder = evaluating(drawn_weights(options, 1));
      const Batch batch = drawn_batch(options);
      const torch::Tensor is_valid = as_tensor(drawn_masks(options.window_size));
      const torch::Tensor padding = is_valid.logical_not().unsqueeze(2);
      const torch::Tensor expected = encoder->forward(batch.windows, is_valid);
      for (const double garbage : {1e30, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_TRUE(expected.equal(encoder->forward(batch.windows.masked_fill(padding, garbage), is_valid)));
    }
  }
}

TEST(RegimeEncoder, IsTheSameWithAMaskThatHidesNothing) {
  RegimeEncoder encoder = evaluating(drawn_weights(full(), 1));
  const Batch batch = drawn_batch(full());
  const torch::Tensor all = torch::ones({kBatch, full().window_size}, torch::kBool);
  EXPECT_TRUE(encoder->forward(batch.windows, all).allclose(encoder->forward(batch.windows), 1e-6, 1e-6));
}

TEST(RegimeEncoder, ClonesWithItsWeights) {
  const auto weights = drawn_weights(full(), 1);
  RegimeEncoder encoder = evaluating(weights);
  const auto copy = std::dynamic_pointer_cast<RegimeEncoderImpl>(encoder->clone());
  encoder->load_weights(zero_weights(full()));
  EXPECT_EQ(copy->copy_weights(), weights);
}

TEST(RegimeEncoder, DrawsNothingFromTheProcessWideGenerator) {
  torch::manual_seed(7);
  const torch::Tensor expected = torch::rand({4});
  torch::manual_seed(7);
  RegimeEncoder encoder(initial_weights(full(), Rng(42)));
  EXPECT_TRUE(expected.equal(torch::rand({4})));
}

TEST(RegimeEncoder, RefusesWhatDoesNotFit) {
  RegimeEncoder encoder = evaluating(drawn_weights(full(), 1));
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           encoder->forward(torch::zeros({2, 7, 4}));
                         }),
              HasSubstr("[any, 7, 5], not [2, 7, 4]"));
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           encoder->forward(torch::zeros({7, 5}));
                         }),
              HasSubstr("not [7, 5]"));
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           encoder->forward(torch::zeros({2, 7, 5}), torch::ones({2, 6}, torch::kBool));
                         }),
              HasSubstr("booleans of the shape [2, 7], not [2, 6]"));
  torch::Tensor is_valid = torch::ones({3, 7}, torch::kBool);
  is_valid[1].fill_(false);
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] {
                           encoder->forward(torch::zeros({3, 7, 5}), is_valid);
                         }),
              HasSubstr("window 1 of the batch has no valid row"));
  auto other = full();
  other.ff_dim = 10;
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { encoder->load_weights(zero_weights(other)); }),
              HasSubstr("other options"));
  other.num_heads = 0;
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { RegimeEncoder unusable(other); }),
              HasSubstr("num_heads is 0"));
}

}  // namespace
}  // namespace regimetry::models
