// `regimetry export onnx` as users run it; what it writes is run in a real runtime and held against `embed`.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"
#include "models/onnx/read_onnx.hpp"
#include "models/onnx/run_onnx.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr int kRows = 40, kWindowSize = 6;
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

// A level far from zero, a number with gaps, a yes or no, and words ("calm", "up", "wild": 0, 1, 2).
struct Row {
  float level = 0, x = 0, is_open = 0, mood = 0;
};

Row row_at(int i) {
  return {100'000.0F + 4.0F * static_cast<float>((i * 7) % 11),
          i % 9 == 4 ? kMissing : 0.25F * static_cast<float>((i * 5) % 13), i % 3 == 0 ? 1.0F : 0.0F,
          static_cast<float>((i + i / 5) % 3)};
}

std::string csv_text() {
  const std::vector<std::string> moods = {"calm", "up", "wild"};
  std::string text = "timestamp,level,x,is_open,mood\n";
  for (int i = 0; i < kRows; ++i) {
    const Row row = row_at(i);
    text += fmt::format("2024-{:02}-{:02},{},{},{},{}\n", 1 + i / 28, 1 + i % 28, row.level,
                        std::isnan(row.x) ? "" : fmt::format("{}", row.x),
                        row.is_open != 0 ? "true" : "false", moods[static_cast<std::size_t>(row.mood)]);
  }
  return text;
}

// [N, L, 4]
std::vector<float> raw_windows() {
  std::vector<float> values;
  for (int begin = 0; begin + kWindowSize <= kRows; ++begin) {
    for (int i = begin; i < begin + kWindowSize; ++i) {
      const Row row = row_at(i);
      values.insert(values.end(), {row.level, row.x, row.is_open, row.mood});
    }
  }
  return values;
}

class ExportOnnxCommandTest : public testing::Test {
 protected:
  std::string path(const std::string& name) { return (folder_ / name).string(); }

  void run(const std::vector<std::string>& words) {
    const BinaryRun run = run_binary(words);
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }
  // Embeddings of the table by the transform of `method`, and the encoder that made them.
  void embed(const std::string& method) {
    folder_.write("table.csv", csv_text());
    run({"transform", "fit", path("table.csv"), "--method", method, "-o", path("scaler.json")});
    run({"embed", path("table.csv"), "--transform", path("scaler.json"), "--window-size",
         std::to_string(kWindowSize), "--embedding-dim", "8", "--head-size", "8", "--save-encoder",
         path("encoder.safetensors"), "--output-name", path("embeddings.npy")});
  }
  BinaryRun export_onnx(const std::vector<std::string>& more) {
    std::vector<std::string> words{
        "export", "onnx", "--encoder", path("encoder.safetensors"), "-o", path("encoder.onnx")};
    words.insert(words.end(), more.begin(), more.end());
    return run_binary(words);
  }
  TemporaryFolder folder_;
};

TEST_F(ExportOnnxCommandTest, WritesAModelThatGivesTheEmbeddingsOfEmbed) {
  for (const char* method : {"standard", "minmax100", "robust", "rank-gauss"}) {
    SCOPED_TRACE(method);
    embed(method);
    const BinaryRun exported = export_onnx({"--transform", path("scaler.json")});
    ASSERT_EQ(exported.exit_code, 0) << exported.err;
    const std::int64_t count = kRows - kWindowSize + 1;
    const models::OnnxAnswer answer =
        models::run_onnx(
            {{TemporaryFolder::read(path("encoder.onnx")), raw_windows(), {count, kWindowSize, 4}}})
            .front();
    ASSERT_EQ(answer.error, "");
    const std::vector<float> expected = read_npy(path("embeddings.npy")).as_float32();
    ASSERT_EQ(answer.embeddings.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
      ASSERT_NEAR(answer.embeddings[i], expected[i], 1e-4) << i;
  }
}

TEST_F(ExportOnnxCommandTest, SaysWhatGoesInAndWhatStandsForWords) {
  embed("standard");
  const BinaryRun told = export_onnx({"--transform", path("scaler.json")});
  EXPECT_THAT(told.out, AllOf(HasSubstr("windows [batch, 6, 4] -> embeddings [batch, 8]"),
                              HasSubstr("4 columns become 6 features"), HasSubstr("0 calm, 1 up, 2 wild")));
  EXPECT_THAT(told.err, AllOf(HasSubstr("encoder.onnx"), HasSubstr("next: python3 -c ")));
  const BinaryRun run = export_onnx({"--transform", path("scaler.json"), "--json"});
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["columns"], (std::vector<std::string>{"level", "x", "is_open", "mood"}));
  EXPECT_EQ(json["words"]["mood"], (std::vector<std::string>{"calm", "up", "wild"}));
  const models::ReadOnnx model = models::read_onnx(TemporaryFolder::read(path("encoder.onnx")));
  EXPECT_EQ(nlohmann::json::parse(model.metadata.at("columns")), json["columns"]);
  EXPECT_EQ(nlohmann::json::parse(model.metadata.at("words")), json["words"]);
  EXPECT_EQ(model.metadata.at("encoder_digest"), json["encoder_digest"]);
  EXPECT_EQ(model.metadata.at("transform_sha256"), json["transform_sha256"]);
}

TEST_F(ExportOnnxCommandTest, TakesFeaturesAsTheyAreWithoutATransform) {
  embed("standard");
  const BinaryRun run = export_onnx({"--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["input"]["shape"], nlohmann::json({"batch", kWindowSize, 6}));
  EXPECT_EQ(json["columns"],
            (std::vector<std::string>{"level", "x", "is_open", "mood=calm", "mood=up", "mood=wild"}));
  EXPECT_TRUE(json["transform_sha256"].is_null());
}

TEST_F(ExportOnnxCommandTest, RefusesWhatCannotBeMeant) {
  embed("standard");
  run({"transform", "fit", path("table.csv"), "--feature-columns", "x,level", "-o", path("other.json")});
  const BinaryRun other = export_onnx({"--transform", path("other.json")});
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("encoder.safetensors"));
  const BinaryRun symbol = export_onnx({"--symbol", "EURUSD"});
  EXPECT_EQ(symbol.exit_code, 2);
  EXPECT_THAT(symbol.err, HasSubstr("symbol picks a part of --transform"));
  const BinaryRun together = export_onnx({"--transform", path("scaler.json"), "--symbol", "EURUSD"});
  EXPECT_EQ(together.exit_code, 2);
  EXPECT_THAT(together.err, AllOf(HasSubstr("scaler.json"), HasSubstr("leave --symbol out")));
  const BinaryRun name =
      run_binary({"export", "onnx", "--encoder", path("encoder.safetensors"), "-o", path("encoder.pb")});
  EXPECT_EQ(name.exit_code, 2);
  EXPECT_THAT(name.err, HasSubstr("end its name with .onnx"));
  EXPECT_FALSE(std::filesystem::exists(path("encoder.onnx")));
  const BinaryRun no_encoder = run_binary({"export", "onnx", "-o", path("encoder.onnx")});
  EXPECT_EQ(no_encoder.exit_code, 2);
  EXPECT_THAT(no_encoder.err, HasSubstr("wrote them (.safetensors); write '--encoder FILE'"));
}

}  // namespace
}  // namespace regimetry::cli
