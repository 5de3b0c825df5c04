#include "models/regime_encoder/encoder_weights.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"

namespace regimetry::models {
namespace {

RegimeEncoderOptions small() {
  RegimeEncoderOptions options;
  options.feature_count = 5;
  options.window_size = 6;
  options.embedding_dim = 8;
  options.encoding_method = EncodingMethod::kLearnable;
  options.num_heads = 2;
  options.head_size = 3;
  options.ff_dim = 10;
  options.pooling = Pooling::kAttention;
  return options;
}

std::map<std::string, WeightArray> named(const RegimeEncoderWeights& weights) {
  std::map<std::string, WeightArray> arrays;
  visit_weights(weights, [&](const std::string& name, const WeightArray& array) { arrays[name] = array; });
  return arrays;
}

using Shape = std::vector<std::int64_t>;

TEST(RegimeEncoderWeights, HaveTheNamesAndShapesOfTheFile) {
  const auto arrays = named(initial_weights(small(), Rng(42)));
  EXPECT_EQ(arrays.size(), 4U + 2U * 16U);
  EXPECT_EQ(arrays.at("projection.weight").shape, (Shape{8, 5}));
  EXPECT_EQ(arrays.at("projection.bias").shape, (Shape{8}));
  EXPECT_EQ(arrays.at("position.weight").shape, (Shape{6, 8}));
  EXPECT_EQ(arrays.at("blocks.1.attention.query.weight").shape, (Shape{6, 8}));
  EXPECT_EQ(arrays.at("blocks.1.attention.output.weight").shape, (Shape{8, 6}));
  EXPECT_EQ(arrays.at("blocks.0.ffn1.weight").shape, (Shape{10, 8}));
  EXPECT_EQ(arrays.at("blocks.0.ffn2.weight").shape, (Shape{8, 10}));
  EXPECT_EQ(arrays.at("blocks.0.norm2.bias").shape, (Shape{8}));
  EXPECT_EQ(arrays.at("pooling.weight").shape, (Shape{8}));
}

TEST(RegimeEncoderWeights, BeginGlorotUniformWithZeroBiasesAndPlainNorms) {
  const auto arrays = named(initial_weights(small(), Rng(42)));
  for (const auto& [name, array] : arrays) {
    const auto [low, high] = std::minmax_element(array.values.begin(), array.values.end());
    if (name.ends_with(".bias")) {
      EXPECT_EQ(*low, 0.0F) << name;
      EXPECT_EQ(*high, 0.0F) << name;
    } else if (name.find("norm") != std::string::npos) {
      EXPECT_EQ(*low, 1.0F) << name;
      EXPECT_EQ(*high, 1.0F) << name;
    } else {
      const double fan_out = array.shape.size() == 2 ? static_cast<double>(array.shape[0]) : 1.0;
      const auto fan_in = static_cast<double>(array.shape.back());
      const double limit = name == "position.weight" ? 0.05 : std::sqrt(6.0 / (fan_in + fan_out));
      EXPECT_GE(*low, -limit) << name;
      EXPECT_LE(*high, limit) << name;
      EXPECT_LT(*low, -0.5 * limit) << name;
      EXPECT_GT(*high, 0.5 * limit) << name;
    }
  }
}

TEST(RegimeEncoderWeights, DependOnTheSeedAndTheirNameAlone) {
  const auto arrays = named(initial_weights(small(), Rng(42)));
  EXPECT_EQ(arrays, named(initial_weights(small(), Rng(42))));
  EXPECT_NE(arrays, named(initial_weights(small(), Rng(43))));
  RegimeEncoderOptions deeper = small();
  deeper.num_transformer_blocks = 5;
  const auto deep_arrays = named(initial_weights(deeper, Rng(42)));
  for (const auto& [name, array] : arrays) EXPECT_EQ(array, deep_arrays.at(name)) << name;
  EXPECT_NE(arrays.at("blocks.0.attention.query.weight"), arrays.at("blocks.1.attention.query.weight"));
}

TEST(RegimeEncoderWeights, CountTheirNumbers) {
  const std::int64_t block = 3 * (6 * 8 + 6) + (8 * 6 + 8) + 4 * 8 + (10 * 8 + 10) + (8 * 10 + 8);
  EXPECT_EQ(parameter_count(zero_weights(small())), (8 * 5 + 8) + 6 * 8 + 2 * block + 8);
}

TEST(RegimeEncoderWeights, RefuseUnusableOptions) {
  EXPECT_THROW(static_cast<void>(zero_weights(RegimeEncoderOptions{})), Error);
}

}  // namespace
}  // namespace regimetry::models
