#include "models/regime_encoder/encoder_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace regimetry::models {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

RegimeEncoderOptions usable() {
  RegimeEncoderOptions options;
  options.feature_count = 7;
  options.window_size = 30;
  return options;
}

TEST(RegimeEncoderOptions, AreAsWideAsTheFeaturesUnlessTold) {
  RegimeEncoderOptions options = usable();
  EXPECT_EQ(options.width(), 7);
  EXPECT_FALSE(options.has_projection());
  options.embedding_dim = 64;
  EXPECT_EQ(options.width(), 64);
  EXPECT_TRUE(options.has_projection());
  options.embedding_dim = 7;
  EXPECT_FALSE(options.has_projection());
}

TEST(RegimeEncoderOptions, PadOddWidthsOfStackedWavesOnly) {
  RegimeEncoderOptions options = usable();
  options.encoding_style = EncodingStyle::kStacked;
  EXPECT_EQ(options.width(), 8);
  EXPECT_TRUE(options.has_padding_column());
  options.embedding_dim = 6;
  EXPECT_FALSE(options.has_padding_column());
  options.embedding_dim = 9;
  options.encoding_method = EncodingMethod::kLearnable;
  EXPECT_EQ(options.width(), 9);
}

TEST(RegimeEncoderOptions, ListEveryProblem) {
  EXPECT_TRUE(usable().problems().empty());
  RegimeEncoderOptions options = usable();
  options.window_size = 0;
  options.num_heads = 0;
  options.dropout = 1.0;
  EXPECT_THAT(options.problems(), ElementsAre(HasSubstr("window_size is 0"), HasSubstr("num_heads is 0"),
                                              HasSubstr("dropout is 1")));
}

TEST(RegimeEncoderOptions, SurviveJson) {
  RegimeEncoderOptions options = usable();
  options.embedding_dim = 64;
  options.encoding_method = EncodingMethod::kLearnable;
  options.encoding_style = EncodingStyle::kStacked;
  options.num_transformer_blocks = 3;
  options.num_heads = 2;
  options.head_size = 16;
  options.ff_dim = 40;
  options.dropout = 0.25;
  options.activation = Activation::kGelu;
  options.pre_norm = true;
  options.pooling = Pooling::kAttention;
  options.look_ahead_mask = true;
  EXPECT_EQ(nlohmann::json(options).get<RegimeEncoderOptions>(), options);
  EXPECT_EQ(nlohmann::json(usable()).get<RegimeEncoderOptions>(), usable());
}

std::string refusal(const nlohmann::json& json) {
  try {
    static_cast<void>(json.get<RegimeEncoderOptions>());
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RegimeEncoderOptions, RefuseJsonThatIsNotTheirs) {
  nlohmann::json json = usable();
  json["pooling"] = "median";
  EXPECT_THAT(refusal(json), HasSubstr("'median'; it must be one of mean, last, max, attention"));
  json = usable();
  json.erase("num_heads");
  EXPECT_THAT(refusal(json), HasSubstr("'num_heads' is missing"));
  json = usable();
  json["experts"] = 8;
  EXPECT_THAT(refusal(json), HasSubstr("unknown encoder option 'experts'"));
  json = usable();
  json["num_heads"] = "four";
  EXPECT_THAT(refusal(json), HasSubstr("wrong kind"));
  EXPECT_THAT(refusal(nlohmann::json::array()), HasSubstr("must be an object"));
}

}  // namespace
}  // namespace regimetry::models
