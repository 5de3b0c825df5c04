#include "models/regime_encoder/encoder_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/safetensors.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::models {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

RegimeEncoderOptions small() {
  RegimeEncoderOptions options;
  options.feature_count = 5;
  options.window_size = 6;
  options.embedding_dim = 8;
  options.num_heads = 2;
  options.head_size = 3;
  options.ff_dim = 10;
  return options;
}

class EncoderFileTest : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "encoder.safetensors"; }

  // Writes an encoder as another program would, without metadata, after `change`.
  void write_foreign(
      const RegimeEncoderOptions& options,
      const std::function<void(TensorFile&)>& change = [](TensorFile&) {}) {
    TensorFile file;
    const RegimeEncoderWeights weights = initial_weights(options, Rng(7));
    visit_weights(weights, [&](const std::string& name, const WeightArray& array) {
      file.tensors.emplace(name, TensorData::from_float32(array.values, array.shape));
    });
    change(file);
    write_safetensors(path(), file);
  }

  // Rewrites what write_encoder_file() wrote.
  void tamper(const std::function<void(TensorFile&)>& change) {
    TensorFile file = read_safetensors(path());
    change(file);
    write_safetensors(path(), file);
  }

  [[nodiscard]] std::string message(ErrorKind kind, const EncoderRequest& request = {}) {
    try {
      static_cast<void>(read_encoder_file(path(), request));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      return error.what();
    }
    ADD_FAILURE() << "no error";
    return {};
  }

  TemporaryFolder folder_;
};

TEST_F(EncoderFileTest, ComesBackToTheBit) {
  RegimeEncoderOptions learnable = small();
  learnable.encoding_method = EncodingMethod::kLearnable;
  learnable.pooling = Pooling::kAttention;
  RegimeEncoderOptions bare;
  bare.feature_count = 7;
  bare.window_size = 3;
  bare.encoding_style = EncodingStyle::kStacked;  // padded to 8
  bare.num_transformer_blocks = 1;
  RegimeEncoderOptions empty;
  empty.feature_count = 4;
  empty.window_size = 2;
  empty.num_transformer_blocks = 0;  // no tensor at all
  for (const RegimeEncoderOptions& options : {small(), learnable, bare, empty}) {
    const RegimeEncoderWeights weights = initial_weights(options, Rng(42));
    const EncoderFacts facts{.seed = 42, .origin = "initial", .features = {"a", "b"}};
    write_encoder_file(path(), weights, facts);
    const EncoderFile read = read_encoder_file(path());
    EXPECT_EQ(read.weights, weights);
    EXPECT_EQ(read.facts, facts);
    EXPECT_EQ(read.digest, digest_of(weights));
    EXPECT_THAT(read.notes, IsEmpty());
    EXPECT_THAT(read.warnings, IsEmpty());
  }
}

TEST_F(EncoderFileTest, IsTheSameBytesForTheSameEncoder) {
  write_encoder_file(path(), initial_weights(small(), Rng(1)), {.seed = 1});
  const std::string first = read_file(path());
  write_encoder_file(path(), initial_weights(small(), Rng(1)), {.seed = 1});
  EXPECT_EQ(read_file(path()), first);
}

TEST_F(EncoderFileTest, HoldsNamedFloat32TensorsAndOptionsInItsMetadata) {
  write_encoder_file(path(), initial_weights(small(), Rng(3)), {.seed = 3});
  const TensorFile file = read_safetensors(path());
  EXPECT_EQ(file.tensors.at("projection.weight").shape, (std::vector<std::int64_t>{8, 5}));
  EXPECT_EQ(file.tensors.at("blocks.1.attention.query.weight").shape, (std::vector<std::int64_t>{6, 8}));
  EXPECT_EQ(file.tensors.at("blocks.0.norm2.bias").type, TensorType::kFloat32);
  EXPECT_EQ(file.metadata.at("format"), "regimetry regime encoder");
  EXPECT_EQ(file.metadata.at("seed"), "3");
  EXPECT_EQ(nlohmann::json::parse(file.metadata.at("options")).at("num_heads"), 2);
}

TEST_F(EncoderFileTest, DigestKnowsOptionsAndEveryNumber) {
  RegimeEncoderWeights weights = initial_weights(small(), Rng(1));
  const std::string before = digest_of(weights);
  EXPECT_EQ(before.size(), 64U);
  weights.options.look_ahead_mask = true;
  EXPECT_NE(digest_of(weights), before);
  weights.options.look_ahead_mask = false;
  EXPECT_EQ(digest_of(weights), before);
  weights.blocks[1].norm2.bias.values.back() = 1e-30F;
  EXPECT_NE(digest_of(weights), before);
}

TEST_F(EncoderFileTest, TakesOptionsOfForeignWeightsFromTheirShapes) {
  RegimeEncoderOptions options = small();
  options.encoding_method = EncodingMethod::kLearnable;
  options.pooling = Pooling::kAttention;
  options.num_transformer_blocks = 3;
  write_foreign(options, [](TensorFile& file) { file.metadata["format"] = "pt"; });
  EncoderRequest request;
  request.options.num_heads = 2;
  request.given = {"num_heads"};
  const EncoderFile read = read_encoder_file(path(), request);
  EXPECT_EQ(read.weights, initial_weights(options, Rng(7)));
  EXPECT_THAT(read.notes, ElementsAre(AllOf(HasSubstr("states no options"), HasSubstr("activation relu"),
                                            Not(HasSubstr("num_heads")), Not(HasSubstr("window_size")))));
}

TEST_F(EncoderFileTest, TellsPaddedWidthsFromTheNumberOfFeatures) {
  RegimeEncoderOptions options;
  options.feature_count = 7;
  options.window_size = 30;
  options.encoding_style = EncodingStyle::kStacked;
  write_foreign(options);
  EncoderRequest request;
  request.options.feature_count = 7;
  request.options.window_size = 30;
  EXPECT_EQ(read_encoder_file(path(), request).weights, initial_weights(options, Rng(7)));
  request.options.feature_count = 8;
  EXPECT_EQ(read_encoder_file(path(), request).weights.options.feature_count, 8);
  request.options.feature_count = 7;
  request.given = {"encoding_style"};
  EXPECT_THAT(message(ErrorKind::kData, request), HasSubstr("the encoder takes 8 features, the data has 7"));
}

TEST_F(EncoderFileTest, SaysWhichOddWidthWouldFit) {
  RegimeEncoderOptions options = small();
  options.embedding_dim = 9;  // interleaved: not padded
  write_foreign(options);
  EncoderRequest request;
  request.options = small();
  request.options.embedding_dim = 9;
  request.options.encoding_style = EncodingStyle::kStacked;
  request.given = {"num_heads", "head_size", "encoding_style", "embedding_dim"};
  EXPECT_THAT(message(ErrorKind::kUsage, request),
              AllOf(HasSubstr("encoding_style stacked makes 9 columns 10"),
                    HasSubstr("encoding_style interleaved would fit")));
}

TEST_F(EncoderFileTest, ReadsHalvesAndDoubles) {
  RegimeEncoderOptions options = small();
  write_foreign(options, [](TensorFile& file) {
    TensorData& bias = file.tensors.at("projection.bias");
    bias = TensorData::from_float64(std::vector<double>(8, 0.1), {8});
    TensorData& half = file.tensors.at("blocks.0.norm1.weight");
    half.type = TensorType::kFloat16;
    half.data.assign(16, std::byte{0});
    for (std::size_t i = 1; i < 16; i += 2) half.data[i] = std::byte{0x3c};  // 1.0
    TensorData& brain = file.tensors.at("blocks.0.norm2.weight");
    brain.type = TensorType::kBfloat16;
    brain.data.assign(16, std::byte{0});
    for (std::size_t i = 1; i < 16; i += 2) brain.data[i] = std::byte{0x40};  // 2.0
  });
  EncoderRequest request;
  request.options = options;
  request.given = {"num_heads", "head_size"};
  const EncoderFile read = read_encoder_file(path(), request);
  EXPECT_EQ(read.weights.projection.bias.values, std::vector<float>(8, 0.1F));
  EXPECT_EQ(read.weights.blocks[0].norm1.weight.values, std::vector<float>(8, 1.0F));
  EXPECT_EQ(read.weights.blocks[0].norm2.weight.values, std::vector<float>(8, 2.0F));
}

TEST_F(EncoderFileTest, SaysWhichHeadsWouldFit) {
  RegimeEncoderOptions options = small();
  options.num_heads = 4;
  options.head_size = 256;
  write_foreign(options);
  EncoderRequest request;
  request.options = options;
  request.options.num_heads = 8;
  request.given = {"num_heads", "head_size"};
  EXPECT_THAT(
      message(ErrorKind::kUsage, request),
      HasSubstr("num_heads 8 x head_size 256 = 2048 does not match blocks.0.attention.key.bias's 1024 "
                "values; num_heads 8 x head_size 128 would fit"));
  request.given = {"head_size"};
  EXPECT_EQ(read_encoder_file(path(), request).weights.options.num_heads, 4);
}

TEST_F(EncoderFileTest, GuessesNeitherHeadsNorWindows) {
  write_foreign(small());
  EXPECT_THAT(message(ErrorKind::kUsage),
              AllOf(HasSubstr("num_heads 4 x head_size 256 = 1024 does not match"), HasSubstr("would fit"),
                    HasSubstr("window_size is said neither by the file nor by its shapes; give it")));
}

TEST_F(EncoderFileTest, ListsEverythingThatForeignShapesContradict) {
  write_foreign(small());
  EncoderRequest request;
  request.options = small();
  request.options.embedding_dim = 16;
  request.options.ff_dim = 99;
  request.options.num_transformer_blocks = 4;
  request.options.encoding_method = EncodingMethod::kLearnable;
  request.options.pooling = Pooling::kAttention;
  request.given = {"embedding_dim", "ff_dim",   "num_transformer_blocks", "encoding_method", "pooling",
                   "num_heads",     "head_size"};
  EXPECT_THAT(
      message(ErrorKind::kUsage, request),
      AllOf(
          HasSubstr("embedding_dim 16 does not match projection.bias's 8 values; embedding_dim 8 would fit"),
          HasSubstr("ff_dim 99 does not match blocks.0.ffn1.bias's 10 values; ff_dim 10 would fit"),
          HasSubstr("num_transformer_blocks 4 does not match the 2 blocks of the file"),
          HasSubstr("encoding_method learnable does not match the file, which lacks position.weight"),
          HasSubstr("pooling mean, last or max would fit")));
}

TEST_F(EncoderFileTest, ListsEveryOptionThatTheFileContradicts) {
  write_encoder_file(path(), initial_weights(small(), Rng(1)));
  EncoderRequest request;
  request.options = small();
  request.options.window_size = 60;
  request.options.num_heads = 8;
  request.options.activation = Activation::kGelu;
  request.options.dropout = 0.5;  // does not matter here
  request.given = {"window_size", "num_heads", "activation", "dropout", "ff_dim"};
  const std::string text = message(ErrorKind::kUsage, request);
  EXPECT_THAT(text, AllOf(HasSubstr("window_size is 60, but the encoder in the file has 6"),
                          HasSubstr("num_heads is 8, but the encoder in the file has 2"),
                          HasSubstr("activation is gelu, but the encoder in the file has relu"),
                          Not(HasSubstr("dropout")), Not(HasSubstr("ff_dim"))));
  request.given = {"ff_dim"};
  EXPECT_EQ(read_encoder_file(path(), request).weights.options, small());
}

TEST_F(EncoderFileTest, NamesFeaturesThatAreMissingOrUnknown) {
  write_encoder_file(path(), initial_weights(small(), Rng(1)), {.features = {"a", "b", "c", "d", "e"}});
  EncoderRequest request;
  request.options.feature_count = 4;
  request.features = {"a", "b", "d", "z"};
  EXPECT_THAT(message(ErrorKind::kData, request),
              AllOf(HasSubstr("takes 5 features (a, b, c, d, e), the data has 4 (a, b, d, z)"),
                    HasSubstr("the data lacks c, e"), HasSubstr("the encoder does not know z"),
                    HasSubstr("choose its columns with feature_columns")));
}

TEST_F(EncoderFileTest, RefusesFeaturesInAnotherOrderAndWarnsOfOtherNames) {
  write_encoder_file(path(), initial_weights(small(), Rng(1)), {.features = {"a", "b", "c", "d", "e"}});
  EncoderRequest request;
  request.options.feature_count = 5;
  request.features = {"a", "c", "b", "d", "e"};
  EXPECT_THAT(message(ErrorKind::kData, request),
              AllOf(HasSubstr("in another order"), HasSubstr("number 2 was 'b' and is 'c'")));
  request.features = {"a", "b", "c", "d", "x"};
  EXPECT_THAT(read_encoder_file(path(), request).warnings,
              ElementsAre(HasSubstr("number 5 was 'e' and is 'x'")));
}

TEST_F(EncoderFileTest, ListsMissingExtraMisshapenAndOddTensorsAtOnce) {
  write_encoder_file(path(), initial_weights(small(), Rng(1)));
  tamper([](TensorFile& file) {
    file.tensors.erase("blocks.0.norm1.bias");
    file.tensors.erase("projection.bias");
    file.tensors.emplace("blocks.2.norm1.bias", TensorData::from_float32(std::vector<float>(8), {8}));
    file.tensors["blocks.1.ffn1.weight"] = TensorData::from_float32(std::vector<float>(80), {8, 10});
    std::vector<float> values(64, 1.0F);
    values[11] = std::numeric_limits<float>::quiet_NaN();
    file.tensors["blocks.0.attention.output.weight"] =
        TensorData::from_float32(std::span(values).first(48), {8, 6});
    file.tensors["blocks.0.norm2.weight"] = TensorData::from_int64(std::vector<std::int64_t>(8), {8});
  });
  EXPECT_THAT(message(ErrorKind::kData),
              AllOf(HasSubstr("blocks.1.ffn1.weight has the shape (8, 10), where (10, 8) is expected"),
                    HasSubstr("blocks.0.attention.output.weight holds nan at [1, 5]"),
                    HasSubstr("blocks.0.norm2.weight holds I64"),
                    HasSubstr("it lacks projection.bias (8,), blocks.0.norm1.bias (8,)"),
                    HasSubstr("it has blocks.2.norm1.bias (8,), which an encoder of the options in its "
                              "metadata does not have")));
}

TEST_F(EncoderFileTest, RefusesOtherFilesByWhatTheyAre) {
  write_foreign(small(), [](TensorFile& file) { file.metadata["format"] = "someone's model"; });
  EXPECT_THAT(message(ErrorKind::kData), HasSubstr("is a file of format 'someone's model'"));
  TensorFile file;
  file.tensors.emplace("embed.weight", TensorData::from_float32(std::vector<float>(8), {8}));
  write_safetensors(path(), file);
  EXPECT_THAT(message(ErrorKind::kData),
              HasSubstr("holds no regime encoder: none of its 1 tensors (embed.weight)"));
}

TEST_F(EncoderFileTest, RefusesDamagedMetadata) {
  const auto message_after = [&](const std::function<void(std::map<std::string, std::string>&)>& change) {
    write_encoder_file(path(), initial_weights(small(), Rng(1)), {.seed = 1});
    tamper([&](TensorFile& file) { change(file.metadata); });
    return message(ErrorKind::kData);
  };
  EXPECT_THAT(message_after([](auto& metadata) { metadata["version"] = "2"; }),
              HasSubstr("is of version 2 of the format, this program reads version 1"));
  EXPECT_THAT(message_after([](auto& metadata) { metadata.erase("options"); }), HasSubstr("lacks 'options'"));
  EXPECT_THAT(message_after([](auto& metadata) { metadata["options"] = "{"; }), HasSubstr("is not JSON"));
  EXPECT_THAT(message_after([](auto& metadata) { metadata["options"] = "{}"; }),
              AllOf(HasSubstr("encoder.safetensors: "), HasSubstr("'feature_count' is missing")));
  EXPECT_THAT(message_after([](auto& metadata) { metadata["seed"] = "x"; }), HasSubstr("the seed 'x'"));
  EXPECT_THAT(message_after([](auto& metadata) { metadata["features"] = "3"; }),
              HasSubstr("no list of names"));
  EXPECT_THAT(message_after([](auto& metadata) { metadata["digest"] = "abc"; }),
              HasSubstr("the file was changed"));
}

TEST_F(EncoderFileTest, TakesNoMemoryForWhatMetadataClaims) {
  RegimeEncoderOptions huge = small();
  huge.embedding_dim = 16'384;
  huge.num_heads = 1'024;
  huge.head_size = 16'384;  // terabytes
  huge.num_transformer_blocks = 256;
  write_encoder_file(path(), initial_weights(small(), Rng(1)));
  tamper([&](TensorFile& file) { file.metadata["options"] = nlohmann::json(huge).dump(); });
  EXPECT_THAT(message(ErrorKind::kData), AllOf(HasSubstr("it lacks"), HasSubstr("and 4056 more")));
}

TEST_F(EncoderFileTest, JudgesOptionsThatCannotBe) {
  write_encoder_file(path(), initial_weights(small(), Rng(1)));
  tamper([&](TensorFile& file) {
    nlohmann::json options = nlohmann::json::parse(file.metadata["options"]);
    options["num_heads"] = 0;
    file.metadata["options"] = options.dump();
  });
  EXPECT_THAT(message(ErrorKind::kData), HasSubstr("num_heads is 0"));
}

TEST_F(EncoderFileTest, NamesAStrayTensorRatherThanTheBlocksAroundIt) {
  for (const char* stray : {"blocks.7.norm2.bias", "blocks.2.norm2.bias"}) {
    write_foreign(small(), [&](TensorFile& file) {
      file.tensors.emplace(stray, TensorData::from_float32(std::vector<float>(8, 0.5F), {8}));
    });
    EncoderRequest request;
    request.options = small();
    EXPECT_THAT(message(ErrorKind::kData, request),
                AllOf(HasSubstr(std::string("it has ") + stray + " (8,)"), Not(HasSubstr("it lacks"))));
  }
}

TEST_F(EncoderFileTest, SaysThatAFileHoldsNoTensors) {
  write_safetensors(path(), TensorFile{});
  EXPECT_THAT(message(ErrorKind::kData), HasSubstr("holds no tensors"));
}

}  // namespace
}  // namespace regimetry::models
