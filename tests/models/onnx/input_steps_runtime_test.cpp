// Transforms in exported graphs, in a real runtime, seen through an encoder that passes features on as they
// are.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "models/onnx/export_encoder.hpp"
#include "models/onnx/lively_weights.hpp"
#include "models/onnx/plain_input_steps.hpp"
#include "models/onnx/run_onnx.hpp"
#include "models/support/encoder_definition.hpp"

namespace regimetry::models {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

// One row per window, no blocks, positions of zero: embeddings are features.
RegimeEncoderWeights transparent_encoder(std::size_t feature_count) {
  RegimeEncoderOptions options;
  options.feature_count = static_cast<std::int64_t>(feature_count);
  options.window_size = 1;
  options.encoding_method = EncodingMethod::kLearnable;
  options.num_transformer_blocks = 0;
  options.pooling = Pooling::kLast;
  return zero_weights(options);
}

// The features of rows of raw columns.
std::vector<float> features_in_runtime(const InputSteps& steps, const std::vector<float>& raw) {
  const auto columns = static_cast<std::int64_t>(steps.columns.size());
  const OnnxAnswer answer = run_onnx({{encoder_onnx(transparent_encoder(steps.steps.size()), steps),
                                       raw,
                                       {static_cast<std::int64_t>(raw.size()) / columns, 1, columns}}})
                                .front();
  EXPECT_EQ(answer.error, "");
  return answer.embeddings;
}

std::vector<float> plain_features(const InputSteps& steps, const std::vector<float>& raw) {
  std::vector<float> features;
  const std::size_t columns = steps.columns.size();
  for (std::size_t row = 0; row < raw.size() / columns; ++row) {
    for (const InputStep& step : steps.steps)
      features.push_back(plain_feature(step, raw[row * columns + static_cast<std::size_t>(step.column)]));
  }
  return features;
}

void expect_same(const std::vector<float>& got, const std::vector<float>& expected) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_TRUE(got[i] == expected[i] || (std::isnan(got[i]) && std::isnan(expected[i])))
        << i << ": " << got[i] << " instead of " << expected[i];
  }
}

// All that a value can be, seen from columns around 3 with a deviation of 2.
std::vector<float> odd_values() {
  return {0.0F,  -0.0F,  1.0F,   2.9999998F, 3.0F, 3.0000002F, 5.0F,    7.5F,     -1e30F, 1e30F,
          3e38F, -3e38F, 1e-40F, kNan,       kInf, -kInf,      100.25F, -100.25F, 4.0F,   6.0F};
}

TEST(InputStepsInRuntime, GiveTheBitsOfTheTransformForLines) {
  const double third = 1.0 / 3.0;
  InputSteps steps;
  steps.columns = {"x"};
  const std::vector<LineStep> lines = {
      {.fill = 3.1, .center = 3 + third, .divisor = 2.1},  // standard
      {.center = 3 + third, .divisor = 2.1},               // missing stays missing
      {.fill = 4, .low = 1, .high = 6, .below = 1, .above = 6, .center = 1, .divisor = 5, .factor = 100},
      {.fill = 4, .low = 1, .high = 6, .center = 1, .divisor = 5, .factor = 100},  // outside is missing
      {.fill = 4, .center = 1, .divisor = 5, .factor = 100},                       // goes on
      {.fill = 4, .factor = 0},                                                    // constant
      {.factor = 0},
      {.fill = 3.1, .center = 3, .divisor = 1e-30},  // beyond float32 for most
  };
  for (const LineStep& line : lines) steps.steps.push_back({"y", 0, line});
  expect_same(features_in_runtime(steps, odd_values()), plain_features(steps, odd_values()));
}

CurveStep random_curve(std::size_t knots, RngStream& stream) {
  CurveStep curve;
  double value = -2, score = -3;
  for (std::size_t k = 0; k < knots; ++k) {
    curve.values.push_back(value += 0.01 + stream.exponential() / static_cast<double>(knots));
    curve.scores.push_back(score += 0.01 + stream.exponential() / static_cast<double>(knots));
  }
  curve.fill = curve.values[knots / 2];
  return curve;
}

// Knots themselves, their neighbours, what lies between and beyond.
std::vector<float> values_around(const CurveStep& curve, RngStream& stream) {
  std::vector<float> values = odd_values();
  for (const double knot : curve.values) {
    const auto value = static_cast<float>(knot);
    values.insert(values.end(), {value, std::nextafter(value, kInf), std::nextafter(value, -kInf)});
  }
  for (int i = 0; i < 300; ++i) values.push_back(static_cast<float>(stream.uniform(-3, 3)));
  return values;
}

TEST(InputStepsInRuntime, GiveTheBitsOfTheTransformForCurvesOfAnyLength) {
  RngStream stream = Rng(3).stream("curves");
  for (const std::vector<std::size_t>& lengths :
       {std::vector<std::size_t>{1}, {2}, {1, 2, 3, 4, 5, 7, 8, 9}, {1000, 17, 1}, {1024, 1023}}) {
    InputSteps steps;
    steps.columns = {"x"};
    for (const std::size_t length : lengths) steps.steps.push_back({"y", 0, random_curve(length, stream)});
    std::get<CurveStep>(steps.steps.front().step).fill = kNoNumber;
    const auto values = values_around(std::get<CurveStep>(steps.steps.front().step), stream);
    expect_same(features_in_runtime(steps, values), plain_features(steps, values));
  }
}

TEST(InputStepsInRuntime, MatchNumbersThatStandForWordsAndBooleans) {
  InputSteps steps;
  steps.columns = {"x"};
  steps.steps = {{"is_open", 0, MatchStep{.value = 0, .equal = 0, .other = 100, .missing = 100}},
                 {"mood=calm", 0, MatchStep{.value = 0, .equal = 1, .other = 0, .missing = 0}},
                 {"mood=wild", 0, MatchStep{.value = 1, .equal = 1, .other = 0, .missing = 1}},
                 {"kept", 0, MatchStep{.value = 1, .equal = 1, .other = 0, .missing = kNan}}};
  const std::vector<float> features = features_in_runtime(steps, {0, 1, 7, kNan});
  expect_same(features, {0, 1, 0, 0, /**/ 100, 0, 1, 1, /**/ 100, 0, 0, 0, /**/ 100, 0, 1, kNan});
}

// The kinds are computed apart and must find back to their places; some columns are used twice, one never.
TEST(InputStepsInRuntime, PutFeaturesOfAllKindsInOrder) {
  RngStream stream = Rng(5).stream("mixed");
  InputSteps steps;
  steps.columns = {"a", "b", "unused", "c"};
  const MatchStep yes{.value = 0, .equal = 0, .other = 1, .missing = 0};
  steps.steps = {{"1", 3, yes},
                 {"2", 0, LineStep{.fill = 0, .center = 1, .divisor = 3}},
                 {"3", 1, random_curve(9, stream)},
                 {"4", 0, yes},
                 {"5", 3, LineStep{.fill = 9, .low = 0, .high = 1, .below = 0, .above = 1, .factor = 100}},
                 {"6", 0, random_curve(30, stream)},
                 {"7", 1, LineStep{.center = -1, .divisor = 7}}};
  std::vector<float> raw;
  for (int i = 0; i < 4 * 50; ++i)
    raw.push_back(stream.below(6) == 0 ? kNan : static_cast<float>(stream.normal()));
  expect_same(features_in_runtime(steps, raw), plain_features(steps, raw));
}

TEST(InputStepsInRuntime, PrecedeTheEncoder) {
  RngStream stream = Rng(6).stream("windows");
  RegimeEncoderOptions options;
  options.feature_count = 3;
  options.window_size = 6;
  options.embedding_dim = 8;
  options.head_size = 8;
  const RegimeEncoderWeights weights = lively_weights(options, 7);
  InputSteps steps;
  steps.columns = {"price", "rank"};
  // A level of 100,000 with moves of 10: float32 arithmetic would lose four of its digits.
  steps.steps = {{"price", 0, LineStep{.fill = 100'000.1, .center = 100'000.1, .divisor = 10.3}},
                 {"rank", 1, random_curve(50, stream)},
                 {"has_rank", 1, MatchStep{.value = 0, .equal = 0, .other = 1, .missing = 0}}};
  std::vector<float> raw;
  for (int i = 0; i < 4 * 6; ++i) {
    raw.push_back(static_cast<float>(100'000 + 10 * stream.normal()));
    raw.push_back(i % 5 == 0 ? kNan : static_cast<float>(stream.normal()));
  }
  const OnnxAnswer answer = run_onnx({{encoder_onnx(weights, steps), raw, {4, 6, 2}}}).front();
  ASSERT_EQ(answer.error, "");
  const std::vector<double> expected = define_embeddings(weights, plain_features(steps, raw), 6);
  ASSERT_EQ(answer.embeddings.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(answer.embeddings[i], expected[i], 1e-5);
}

}  // namespace
}  // namespace regimetry::models
