// Exported encoders in a real runtime, against the definition in double.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "models/onnx/export_encoder.hpp"
#include "models/onnx/lively_weights.hpp"
#include "models/onnx/run_onnx.hpp"
#include "models/support/encoder_definition.hpp"

namespace regimetry::models {
namespace {

std::vector<float> random_windows(const RegimeEncoderOptions& options, std::int64_t batch,
                                  RngStream& stream) {
  std::vector<float> values(static_cast<std::size_t>(batch * options.window_size * options.feature_count));
  for (float& value : values) value = static_cast<float>(stream.normal());
  return values;
}

// [B, D]
std::vector<double> expected_embeddings(const RegimeEncoderWeights& weights,
                                        const std::vector<float>& windows) {
  return define_embeddings(weights, windows, weights.options.window_size);
}

// Something of everything, by chance; small, so that the definition is quick.
RegimeEncoderOptions random_options(RngStream& stream) {
  const auto pick = [&](const auto& choices) { return choices[stream.below(choices.size())]; };
  RegimeEncoderOptions options;
  options.feature_count = pick(std::array<std::int64_t, 5>{1, 2, 5, 8, 13});
  options.window_size = pick(std::array<std::int64_t, 5>{1, 2, 3, 7, 12});
  if (stream.below(3) > 0) options.embedding_dim = pick(std::array<std::int64_t, 5>{1, 4, 7, 8, 16});
  options.encoding_method = pick(std::array{EncodingMethod::kSinusoidal, EncodingMethod::kLearnable});
  options.encoding_style = pick(std::array{EncodingStyle::kInterleaved, EncodingStyle::kStacked});
  options.num_transformer_blocks = pick(std::array<std::int64_t, 4>{0, 1, 2, 3});
  options.num_heads = pick(std::array<std::int64_t, 4>{1, 2, 3, 4});
  options.head_size = pick(std::array<std::int64_t, 4>{1, 3, 8, 16});
  options.ff_dim = pick(std::array<std::int64_t, 3>{1, 6, 20});
  options.activation = pick(std::array{Activation::kRelu, Activation::kGelu});
  options.pre_norm = stream.below(2) == 0;
  options.pooling = pick(std::array{Pooling::kMean, Pooling::kLast, Pooling::kMax, Pooling::kAttention});
  options.look_ahead_mask = stream.below(2) == 0;
  return options;
}

struct Case {
  RegimeEncoderWeights weights;
  std::vector<float> windows;
  OnnxJob job;
};

Case make_case(const RegimeEncoderOptions& options, std::int64_t batch, std::uint64_t seed) {
  RngStream stream = Rng(seed).stream("windows");
  Case one{lively_weights(options, seed), random_windows(options, batch, stream), {}};
  one.job = {encoder_onnx(one.weights), one.windows, {batch, options.window_size, options.feature_count}};
  return one;
}

// The largest |got - expected| / max(1, |expected|).
double worst_error(const std::vector<float>& got, const std::vector<double>& expected) {
  double worst = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double error =
        std::abs(static_cast<double>(got[i]) - expected[i]) / std::max(1.0, std::abs(expected[i]));
    worst = std::isnan(error) ? INFINITY : std::max(worst, error);
  }
  return worst;
}

void expect_answer(const OnnxAnswer& answer, const Case& one, double tolerance) {
  ASSERT_EQ(answer.error, "");
  EXPECT_EQ(answer.inputs, std::vector<std::string>{"windows"});
  EXPECT_EQ(answer.outputs, std::vector<std::string>{"embeddings"});
  EXPECT_EQ(answer.shape, (std::vector<std::int64_t>{one.job.shape[0], one.weights.options.width()}));
  const std::vector<double> expected = expected_embeddings(one.weights, one.windows);
  ASSERT_EQ(answer.embeddings.size(), expected.size());
  EXPECT_LE(worst_error(answer.embeddings, expected), tolerance);
}

// Ours is asked to be within 1e-4 of any runtime; what float32 costs in these cases is less than a tenth of
// it.
constexpr double kTolerance = 1e-5;

void expect_answers(const std::vector<Case>& cases, double tolerance = kTolerance) {
  std::vector<OnnxJob> jobs;
  for (const Case& one : cases) jobs.push_back(one.job);
  const std::vector<OnnxAnswer> answers = run_onnx(jobs);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(nlohmann::json(cases[i].weights.options).dump());
    expect_answer(answers[i], cases[i], tolerance);
  }
}

TEST(OnnxRuntime, GivesTheDefinedEmbeddingsForOptionsOfEveryKind) {
  RngStream stream = Rng(4).stream("options");
  std::vector<Case> cases;
  for (std::uint64_t i = 0; i < 200; ++i)
    cases.push_back(make_case(random_options(stream), static_cast<std::int64_t>(1 + stream.below(4)), i));
  expect_answers(cases);
}

// Every value of every choice beside the defaults of all others, at a width that people use.
TEST(OnnxRuntime, GivesTheDefinedEmbeddingsForTheDefaultsAndEachChoiceBesideThem) {
  RegimeEncoderOptions defaults;
  defaults.feature_count = 20;
  defaults.window_size = 10;
  defaults.embedding_dim = 32;
  std::vector<RegimeEncoderOptions> all(11, defaults);
  all[1].pooling = Pooling::kLast;
  all[2].pooling = Pooling::kMax;
  all[3].pooling = Pooling::kAttention;
  all[4].encoding_method = EncodingMethod::kLearnable;
  all[5].encoding_style = EncodingStyle::kStacked;
  all[6].encoding_style = EncodingStyle::kStacked;
  all[6].embedding_dim = 31;
  all[7].activation = Activation::kGelu;
  all[8].pre_norm = true;
  all[9].look_ahead_mask = true;
  all[10].embedding_dim.reset();
  std::vector<Case> cases;
  for (const RegimeEncoderOptions& options : all) cases.push_back(make_case(options, 2, 42));
  expect_answers(cases);
}

TEST(OnnxRuntime, TakesBatchesOfAnySize) {
  RegimeEncoderOptions options;
  options.feature_count = 3;
  options.window_size = 4;
  options.embedding_dim = 8;
  options.head_size = 4;
  std::vector<Case> cases;
  for (const std::int64_t batch : {1, 2, 257}) cases.push_back(make_case(options, batch, 1));
  expect_answers(cases);
  EXPECT_EQ(cases[0].job.model, cases[2].job.model);
}

// Where rows are far from zero beside their spread, mean(x^2) - mean(x)^2 is mostly rounding error: float32
// has seven digits, and the square of the mean takes them. (Norms that the runtime computes so are wrong by
// 8e-3 here.)
TEST(OnnxRuntime, NormsRowsThatAreFarFromZero) {
  RegimeEncoderOptions options;
  options.feature_count = 6;
  options.window_size = 5;
  options.embedding_dim = 16;
  options.head_size = 8;
  Case far = make_case(options, 3, 8);
  for (EncoderBlockWeights& block : far.weights.blocks) {
    for (float& bias : block.attention.output.bias.values) bias += 200;
    for (float& bias : block.ffn2.bias.values) bias -= 100;
  }
  far.job.model = encoder_onnx(far.weights);
  expect_answers({far}, 1e-4);
}

}  // namespace
}  // namespace regimetry::models
