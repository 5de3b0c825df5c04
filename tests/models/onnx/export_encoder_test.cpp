// The file as such; onnx_runtime_test.cpp tells what it computes.
#include "models/onnx/export_encoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"
#include "models/onnx/lively_weights.hpp"
#include "models/onnx/read_onnx.hpp"

namespace regimetry::models {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// With every array that there can be.
RegimeEncoderOptions rich_options() {
  RegimeEncoderOptions options;
  options.feature_count = 3;
  options.window_size = 4;
  options.embedding_dim = 6;
  options.encoding_method = EncodingMethod::kLearnable;
  options.head_size = 5;
  options.ff_dim = 7;
  options.activation = Activation::kGelu;
  options.pooling = Pooling::kAttention;
  options.look_ahead_mask = true;
  return options;
}

InputSteps three_steps() {
  return {{"close", "rank"},
          {{"close", 0, LineStep{.fill = 1, .low = 0, .high = 9, .below = 0, .above = 9}},
           {"rank", 1, CurveStep{.fill = 2, .values = {1, 2, 3}, .scores = {-1, 0, 1}}},
           {"has_rank", 1, MatchStep{.other = 1}}}};
}

TEST(ExportEncoder, KeepsTheWeightsAsTheyAreOnDisk) {
  const RegimeEncoderWeights weights = lively_weights(rich_options(), 3);
  const ReadOnnx read = read_onnx(encoder_onnx(weights));
  visit_weights(weights, [&](const std::string& name, const WeightArray& array) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(read.tensors.contains(name));
    const ReadTensor& tensor = read.tensors.at(name);
    EXPECT_EQ(tensor.type, 1);
    EXPECT_EQ(tensor.shape, array.shape);
    ASSERT_EQ(tensor.data.size(), array.values.size() * sizeof(float));
    EXPECT_EQ(std::memcmp(tensor.data.data(), array.values.data(), tensor.data.size()), 0);
  });
}

TEST(ExportEncoder, NamesInputOutputAndTheirShapes) {
  const ReadOnnx read = read_onnx(encoder_onnx(lively_weights(rich_options(), 3), three_steps()));
  ASSERT_EQ(read.inputs.size(), 1U);
  EXPECT_EQ(read.inputs[0].name, "windows");
  EXPECT_EQ(read.inputs[0].shape, (std::vector<std::string>{"batch", "4", "2"}));
  EXPECT_THAT(read.inputs[0].description, HasSubstr("oldest row first"));
  ASSERT_EQ(read.outputs.size(), 1U);
  EXPECT_EQ(read.outputs[0].name, "embeddings");
  EXPECT_EQ(read.outputs[0].shape, (std::vector<std::string>{"batch", "6"}));
  EXPECT_EQ(read.ir_version, 7);
  EXPECT_EQ(read.opset_version, 13);
}

TEST(ExportEncoder, TakesNothingThatIsNotThereYet) {
  const ReadOnnx read = read_onnx(encoder_onnx(lively_weights(rich_options(), 3), three_steps()));
  std::set<std::string> known = {"windows"}, names;
  for (const auto& [name, tensor] : read.tensors) known.insert(name);
  for (const ReadNode& node : read.nodes) {
    for (const std::string& input : node.inputs)
      EXPECT_TRUE(known.contains(input)) << node.name << ": " << input;
    for (const std::string& output : node.outputs) EXPECT_TRUE(known.insert(output).second) << output;
    EXPECT_TRUE(names.insert(node.name).second) << node.name;
  }
  EXPECT_TRUE(known.contains("embeddings"));
}

TEST(ExportEncoder, LeavesNoConstantUnused) {
  const ReadOnnx read = read_onnx(encoder_onnx(lively_weights(rich_options(), 3), three_steps()));
  std::set<std::string> used;
  for (const ReadNode& node : read.nodes) used.insert(node.inputs.begin(), node.inputs.end());
  for (const auto& [name, tensor] : read.tensors) EXPECT_TRUE(used.contains(name)) << name;
}

TEST(ExportEncoder, TellsFeaturesOptionsAndWhatTheCallerKnows) {
  const RegimeEncoderWeights weights = lively_weights(rich_options(), 3);
  const ReadOnnx read = read_onnx(encoder_onnx(
      weights, three_steps(), {.program_version = "0.1.0", .metadata = {{"encoder_sha256", "abc"}}}));
  EXPECT_EQ(read.producer_name, "regimetry");
  EXPECT_EQ(read.producer_version, "0.1.0");
  EXPECT_EQ(read.metadata.at("format"), "regimetry regime encoder");
  EXPECT_EQ(read.metadata.at("columns"), R"(["close","rank"])");
  EXPECT_EQ(read.metadata.at("features"), R"(["close","rank","has_rank"])");
  EXPECT_EQ(read.metadata.at("encoder_sha256"), "abc");
  EXPECT_EQ(nlohmann::json::parse(read.metadata.at("encoder_options")).get<RegimeEncoderOptions>(),
            weights.options);
  const ReadOnnx plain = read_onnx(encoder_onnx(weights, {}, {.feature_names = {"a", "b", "c"}}));
  EXPECT_EQ(plain.metadata.at("columns"), R"(["a","b","c"])");
  EXPECT_EQ(plain.metadata.at("features"), R"(["a","b","c"])");
}

TEST(ExportEncoder, WritesTheSameBytesAgain) {
  const RegimeEncoderWeights weights = lively_weights(rich_options(), 3);
  const TemporaryFolder folder;
  write_encoder_onnx(folder / "encoder.onnx", weights, three_steps());
  EXPECT_EQ(TemporaryFolder::read(folder / "encoder.onnx"), encoder_onnx(weights, three_steps()));
  EXPECT_EQ(folder.file_count(), 1);
}

// A thousand columns are one matrix operation, not a thousand.
TEST(ExportEncoder, NeedsNoMoreNodesForMoreColumns) {
  InputSteps steps;
  RegimeEncoderOptions options = rich_options();
  options.feature_count = 600;
  for (int i = 0; i < 200; ++i) {
    for (const InputStep& step : three_steps().steps) {
      steps.columns.push_back(step.feature + std::to_string(i));
      steps.steps.push_back({steps.columns.back(), static_cast<std::int64_t>(steps.steps.size()), step.step});
    }
  }
  const std::size_t few =
      read_onnx(encoder_onnx(lively_weights(rich_options(), 3), three_steps())).nodes.size();
  EXPECT_EQ(read_onnx(encoder_onnx(lively_weights(options, 3), steps)).nodes.size(), few);
}

TEST(ExportEncoder, RefusesStepsThatDoNotFit) {
  InputSteps steps = three_steps();
  steps.steps.pop_back();
  std::get<LineStep>(steps.steps[0].step).divisor = 0;
  const RegimeEncoderWeights weights = lively_weights(rich_options(), 3);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { static_cast<void>(encoder_onnx(weights, steps)); }),
              AllOf(HasSubstr("2 features come in, but the encoder takes 3"),
                    HasSubstr("feature 'close': its values are divided by 0")));
}

TEST(ExportEncoder, RefusesWhatAFileCannotHold) {
  RegimeEncoderOptions options = rich_options();
  options.window_size = 30'000;  // its mask would have 900 million numbers
  const RegimeEncoderWeights weights = zero_weights(options);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { static_cast<void>(encoder_onnx(weights)); }),
              HasSubstr("an ONNX file holds"));
}

}  // namespace
}  // namespace regimetry::models
