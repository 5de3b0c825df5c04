// `regimetry embed` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/support/run_binary.hpp"
#include "core/atomic_file.hpp"
#include "core/npy.hpp"
#include "core/rng.hpp"
#include "core/safetensors.hpp"
#include "core/temporary_folder.hpp"
#include "core/time.hpp"

namespace regimetry::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class EmbedCommandTest : public testing::Test {
 protected:
  // 120 days of two instruments, three features; the first three rows of AAA warm up.
  void SetUp() override {
    input_ = (folder_ / "features.csv").string();
    std::ofstream file(input_);
    file << "timestamp,symbol,slow,fast,noise\n";
    RngStream random = Rng(1).stream("test");
    for (const std::string symbol : {"AAA", "BBB"}) {
      for (int day = 0; day < 120; ++day) {
        const bool warms_up = symbol == "AAA" && day < 3;
        file << format_timestamp((18'262 + day) * kNsPerDay) << "," << symbol << ","
             << (warms_up ? "" : std::to_string(std::sin(day * 0.1) + 0.1 * random.normal())) << ","
             << random.normal() << "," << random.normal() << "\n";
      }
    }
  }

  // Small enough to be quick; outputs go to `folder`.
  [[nodiscard]] BinaryRun embed(const std::string& folder, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"embed",         input_, "--output-dir", (folder_ / folder).string(),
                                   "--window-size", "10",   "--num-heads",  "2",
                                   "--head-size",   "16",   "--ff-dim",     "8"};
    words.insert(words.end(), more.begin(), more.end());
    return run_binary(words);
  }
  [[nodiscard]] NpyArray matrix(const std::string& folder) const {
    return read_npy(folder_ / folder / "embeddings.npy");
  }
  [[nodiscard]] nlohmann::json metadata(const std::string& folder) const {
    return nlohmann::json::parse(read_file(folder_ / folder / "embedding_metadata.json"));
  }
  [[nodiscard]] std::string text_of(const std::string& folder) const {
    std::string text;
    for (const char* name : {"embeddings.npy", "embeddings_timestamps.npy", "embeddings_instruments.npy",
                             "embedding_metadata.json", "encoder.safetensors"}) {
      text += read_file(folder_ / folder / name);
    }
    return text;
  }

  TemporaryFolder folder_;
  std::string input_;
};

TEST_F(EmbedCommandTest, WritesMatrixStampsAndRecord) {
  const BinaryRun run = embed("out", {"--embedding-dim", "8"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("219 embeddings of 8 numbers, from windows of 10 rows of 3 features, "
                                       "stride 1, 2 instruments"),
                             HasSubstr("2 blocks of 2 heads x 16, pooling mean"), HasSubstr("rows engine"),
                             HasSubstr("Warm-up rows: 3.")));
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("learned from all rows, so every embedding knows its future"),
                    HasSubstr("embeddings.npy (219 embeddings of 8 numbers)"), HasSubstr("regimetry folds")));
  EXPECT_EQ(matrix("out").shape, (std::vector<std::int64_t>{219, 8}));
  const auto stamps = read_npy(folder_ / "out/embeddings_timestamps.npy").as_int64();
  ASSERT_EQ(stamps.size(), 219U);
  EXPECT_EQ(stamps.front(), (18'262 + 12) * kNsPerDay);
  EXPECT_EQ(stamps.back(), (18'262 + 119) * kNsPerDay);
  const auto instruments = read_npy(folder_ / "out/embeddings_instruments.npy").as_int64();
  EXPECT_EQ(std::count(instruments.begin(), instruments.end(), 1), 111);
  const nlohmann::json json = metadata("out");
  EXPECT_EQ(json.at("n_samples"), 219);
  EXPECT_EQ(json.at("embedding_dim"), 8);
  EXPECT_EQ(json.at("window_size"), 10);
  EXPECT_EQ(json.at("stride"), 1);
  EXPECT_EQ(json.at("encoding_method"), "sinusoidal");
  EXPECT_EQ(json.at("encoding_style"), "interleaved");
  EXPECT_THAT(json.at("features_used"), ElementsAre("slow", "fast", "noise"));
  EXPECT_EQ(json.at("source_file"), input_);
  EXPECT_EQ(json.at("timestamps_file").at("name"), "embeddings_timestamps.npy");
  EXPECT_EQ(json.at("transform").at("descriptive"), true);
  EXPECT_EQ(json.at("precision"), "fp32");
  EXPECT_EQ(json.at("encoder_digest").get<std::string>().size(), 64U);
  EXPECT_EQ(json.at("config_digest").get<std::string>().size(), 64U);
  EXPECT_EQ(json.at("config").at("settings").at("window_size").at("origin"), "flag --window-size");
}

TEST_F(EmbedCommandTest, GivesJson) {
  const BinaryRun run = embed("out", {"--json", "--quiet"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json.at("n_samples"), 219);
  EXPECT_EQ(json.at("embedding_dim"), 3);
  EXPECT_EQ(json.at("output"), (folder_ / "out/embeddings.npy").string());
  EXPECT_TRUE(json.at("encoder_file").is_null());
  EXPECT_FALSE(json.contains("config"));
}

TEST_F(EmbedCommandTest, GivesTheSameBytesOnAnyNumberOfThreads) {
  for (const char* threads : {"1", "2"}) {
    const BinaryRun run =
        embed(std::string("out") + threads, {"--save-encoder", "encoder.safetensors", "--threads", threads});
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }
  EXPECT_EQ(text_of("out1"), text_of("out2"));
}

TEST_F(EmbedCommandTest, TakesItsOwnWeightsAgain) {
  ASSERT_EQ(embed("first", {"--save-encoder", "encoder.safetensors", "--encoding-method", "learnable",
                            "--pooling", "attention", "--seed", "5"})
                .exit_code,
            0);
  const std::string encoder = (folder_ / "first/encoder.safetensors").string();
  const BinaryRun again =
      run_binary({"embed", input_, "--output-dir", (folder_ / "again").string(), "--encoder", encoder});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("regimetry export onnx --encoder"));
  EXPECT_EQ(matrix("again").data, matrix("first").data);
  EXPECT_EQ(metadata("again").at("encoder_digest"), metadata("first").at("encoder_digest"));
  ASSERT_EQ(embed("other", {"--encoding-method", "learnable", "--pooling", "attention"}).exit_code, 0);
  EXPECT_NE(matrix("other").data, matrix("first").data);
}

TEST_F(EmbedCommandTest, SaysWhatOfAnEncoderDoesNotFit) {
  ASSERT_EQ(embed("first", {"--save-encoder", "encoder.safetensors"}).exit_code, 0);
  const std::string encoder = (folder_ / "first/encoder.safetensors").string();
  const BinaryRun options = run_binary({"embed", input_, "--output-dir", folder_.path().string(), "--encoder",
                                        encoder, "--window-size", "20", "--num-heads", "8"});
  EXPECT_EQ(options.exit_code, 2);
  EXPECT_THAT(options.err, AllOf(HasSubstr("window_size is 20, but the encoder in the file has 10"),
                                 HasSubstr("num_heads is 8, but the encoder in the file has 2"),
                                 Not(HasSubstr("head_size"))));
  const BinaryRun features = run_binary({"embed", input_, "--output-dir", folder_.path().string(),
                                         "--encoder", encoder, "--feature-columns", "slow,noise"});
  EXPECT_EQ(features.exit_code, 3);
  EXPECT_THAT(features.err, AllOf(HasSubstr("takes 3 features (slow, fast, noise), the data has 2"),
                                  HasSubstr("the data lacks fast")));
}

TEST_F(EmbedCommandTest, TakesWeightsMadeElsewhere) {
  ASSERT_EQ(embed("first", {"--save-encoder", "encoder.safetensors"}).exit_code, 0);
  TensorFile file = read_safetensors(folder_ / "first/encoder.safetensors");
  file.metadata.clear();
  const std::string foreign = (folder_ / "foreign.safetensors").string();
  write_safetensors(foreign, file);
  const BinaryRun run = embed("second", {"--encoder", foreign});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("states no options"));
  EXPECT_EQ(matrix("second").data, matrix("first").data);
  const BinaryRun wrong = embed("third", {"--encoder", foreign, "--num-heads", "3"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("num_heads 3 x head_size 16 = 48 does not match"),
                               HasSubstr("num_heads 2 x head_size 16 would fit")));
}

TEST_F(EmbedCommandTest, ReadsSettingsFilesOfExistingUsers) {
  const std::string config = folder_.write("config.yaml", R"(window_size: 10
stride: 2
encoding_method: "sinusoidal"
encoding_style: "stacked"
embedding_dim: 9
output_name: EUR_USD_embeddings.npy
head_size: 16
num_heads: 2
ff_dim: 8
num_transformer_blocks: 1
dropout: 0.1
random_seed: 7
deterministic: true
)");
  const BinaryRun run =
      run_binary({"embed", input_, "--config", config, "--output-dir", (folder_ / "out").string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("stacked positions need an even width: a column of zeros makes 10 of 9"));
  EXPECT_EQ(read_npy(folder_ / "out/EUR_USD_embeddings.npy").shape, (std::vector<std::int64_t>{110, 10}));
  EXPECT_EQ(read_npy(folder_ / "out/EUR_USD_embeddings_timestamps.npy").shape.at(0), 110);
  ASSERT_EQ(run_binary({"embed", input_, "--config", config, "--output-dir", (folder_ / "seed").string(),
                        "--set", "random_seed=none", "--seed", "7"})
                .exit_code,
            2);  // two names for one setting
}

TEST_F(EmbedCommandTest, ReadsBareMatrices) {
  std::vector<float> values;
  for (int i = 0; i < 60; ++i) values.push_back(static_cast<float>(i % 7) - 3.0F);
  input_ = (folder_ / "rows.npy").string();
  write_npy(input_, values, std::array<std::int64_t, 2>{20, 3});
  const BinaryRun run = embed("out");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("values are taken as they are"), Not(HasSubstr("knows its future"))));
  EXPECT_THAT(read_npy(folder_ / "out/embeddings_timestamps.npy").as_int64(),
              ElementsAre(9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
  EXPECT_EQ(metadata("out").at("transform").at("method"), "none");
}

TEST_F(EmbedCommandTest, LeavesTheScaleAloneWhenAsked) {
  const BinaryRun run = embed("out", {"--transform", "none"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(metadata("out").at("transform").at("method"), "none");
  EXPECT_THAT(run.err, Not(HasSubstr("knows its future")));
}

TEST_F(EmbedCommandTest, SaysThatThereIsNoScaleToKeep) {
  const std::vector<float> values(60, 1.0F);
  input_ = (folder_ / "rows.npy").string();
  write_npy(input_, values, std::array<std::int64_t, 2>{20, 3});
  EXPECT_THAT(embed("out", {"--save-transform", "scale.json"}).err,
              HasSubstr("scale.json: was not written, for values are taken as they are"));
  EXPECT_EQ(embed("out", {"--save-transform", "scale.json", "--transform", "none"}).exit_code, 2);
}

TEST_F(EmbedCommandTest, FallsBackToTheReferenceAndSaysSo) {
  const BinaryRun run = embed("out", {"--pre-norm", "--activation", "gelu"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("the reference engine is used, which is slower: pre_norm is on"));
  EXPECT_THAT(metadata("out").at("engine").get<std::string>(), HasSubstr("reference"));
  const BinaryRun rows = embed("rows", {"--pre-norm", "--engine", "rows"});
  EXPECT_EQ(rows.exit_code, 2);
  EXPECT_THAT(rows.err, HasSubstr("use the reference engine"));
}

TEST_F(EmbedCommandTest, GivesTheSameFromBothEngines) {
  ASSERT_EQ(embed("rows").exit_code, 0);
  const BinaryRun run = embed("reference", {"--engine", "reference"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::vector<float> rows = matrix("rows").as_float32(), reference = matrix("reference").as_float32();
  ASSERT_EQ(rows.size(), reference.size());
  for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_NEAR(rows[i], reference[i], 2e-5) << i;
}

TEST_F(EmbedCommandTest, KeepsTheScaleForLaterRows) {
  const BinaryRun first = embed("first", {"--fit-until", "2020-03-01", "--save-transform", "scale.json",
                                          "--save-encoder", "encoder.safetensors"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.err,
              HasSubstr("encoder.safetensors --transform " + (folder_ / "first/scale.json").string()));
  EXPECT_EQ(metadata("first").at("transform").at("descriptive"), false);
  const BinaryRun run = embed("second", {"--transform", (folder_ / "first/scale.json").string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("lie inside or before the range that the scale was learned from"));
  EXPECT_EQ(matrix("second").data, matrix("first").data);
}

TEST_F(EmbedCommandTest, LeavesOutWindowsOverGapsAndMissingValues) {
  input_ = folder_.write("gaps.csv", [] {
    std::string text = "timestamp,a\n";
    for (int day = 0; day < 60; ++day) {
      const int stamp = 18'262 + day + (day >= 30 ? 20 : 0);
      text += format_timestamp(stamp * kNsPerDay) + "," + (day == 45 ? "" : std::to_string(day * day)) + "\n";
    }
    return text;
  }());
  const BinaryRun run = embed("out", {"--max-gap", "5d"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(matrix("out").shape.at(0), 21 + 6 + 5);
  EXPECT_THAT(run.out, AllOf(HasSubstr("Rows left out for a missing value: 1."),
                             HasSubstr("Gaps that no window spans: 1.")));
  const BinaryRun keep = embed("keep", {"--missing", "keep"});
  EXPECT_EQ(keep.exit_code, 3);
  EXPECT_THAT(keep.err, AllOf(HasSubstr("gaps.csv: feature 'a'"), HasSubstr("is missing at 2020-03-06"),
                              HasSubstr("(row 45)")));
}

TEST_F(EmbedCommandTest, ListsEveryWrongSettingAtOnce) {
  const BinaryRun run =
      embed("out", {"--stride", "0", "--head-size", "0", "--dropout", "1", "--engine", "rows", "--device",
                    "cuda", "--transform", "robust", "--fit-until", "soon"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, AllOf(HasSubstr("stride is 0; it must be between 1 and"), HasSubstr("head_size is 0"),
                             HasSubstr("dropout is 1"), HasSubstr("the rows engine computes on the CPU"),
                             HasSubstr("transform is 'robust'"), HasSubstr("fit_until is 'soon'")));
}

TEST_F(EmbedCommandTest, SaysWhatCannotBeWrittenOrRead) {
  const BinaryRun name = embed("out", {"--output-name", "embeddings.parquet"});
  EXPECT_EQ(name.exit_code, 2);
  EXPECT_THAT(name.err, HasSubstr("end the name with .npy"));
  const BinaryRun encoder = embed("out", {"--save-encoder", "encoder.bin"});
  EXPECT_EQ(encoder.exit_code, 2);
  EXPECT_THAT(encoder.err, HasSubstr("an encoder is kept in a .safetensors file"));
  const BinaryRun longer = embed("out", {"--window-size", "500"});
  EXPECT_EQ(longer.exit_code, 3);
  EXPECT_THAT(longer.err, AllOf(HasSubstr("features.csv: No window fits: 500 rows in a row are needed"),
                                HasSubstr("the longest usable stretch has 120")));
  input_ = folder_.write("notime.csv", "a,b\n1,2\n3,4\n");
  EXPECT_EQ(embed("out").exit_code, 3);
}

TEST_F(EmbedCommandTest, RefusesToWriteOneFileTwice) {
  const BinaryRun run = embed("out", {"--save-transform", "embedding_metadata.json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              AllOf(HasSubstr("embedding_metadata.json: --output-name and --save-transform would both"),
                    HasSubstr("name another file")));
}

TEST_F(EmbedCommandTest, JudgesTheEncoderBeforeAnythingElse) {
  ASSERT_EQ(embed("out").exit_code, 0);
  const BinaryRun matrix = embed("out", {"--encoder", (folder_ / "out/embeddings.npy").string()});
  EXPECT_NE(matrix.exit_code, 0);
  EXPECT_THAT(matrix.err, AllOf(HasSubstr("embeddings.npy"), Not(HasSubstr("is the input itself"))));
  input_ = (folder_ / "nowhere.csv").string();  // not read, so not missed
  const BinaryRun device = embed("out", {"--device", "cuda:93"});
  EXPECT_EQ(device.exit_code, 2);
  EXPECT_THAT(device.err, HasSubstr("no device 'cuda:93'"));
  const std::string words = folder_.write("words.safetensors", "no weights");
  EXPECT_THAT(embed("out", {"--encoder", words}).err, HasSubstr("words.safetensors"));
}

TEST_F(EmbedCommandTest, LeavesTheHorizonOutOfItsErrors) {
  EXPECT_THAT(embed("out", {"--window-size", "500"}).err,
              AllOf(HasSubstr("(window_size 500)"), Not(HasSubstr("horizon"))));
}

TEST_F(EmbedCommandTest, RefusesValuesThatOverflow) {
  std::vector<float> values(60, 1.0F);
  values[30] = 3.4e38F;
  input_ = (folder_ / "rows.npy").string();
  write_npy(input_, values, std::array<std::int64_t, 2>{20, 3});
  const BinaryRun run = embed("out");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, AllOf(HasSubstr("ends with row 10 is not finite"), HasSubstr("--transform standard")));
}

TEST_F(EmbedCommandTest, NamesInfiniteFeatures) {
  input_ = folder_.write("inf.csv", "timestamp,a,b\n2020-01-01,1,2\n2020-01-02,2,-inf\n2020-01-03,4,4\n");
  const BinaryRun run = embed("out", {"--window-size", "2"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, AllOf(HasSubstr("inf.csv: column 'b'"), HasSubstr("is infinite at 2020-01-02")));
}

}  // namespace
}  // namespace regimetry::cli
