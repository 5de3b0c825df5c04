#include "embeddings/embedding_metadata.hpp"

#include <gtest/gtest.h>

#include "windows/support/feature_samples.hpp"

namespace regimetry::embeddings {
namespace {

nlohmann::json config(const char* origin, int size) {
  nlohmann::json json = {{"command", "embed"}, {"version", "1"}};
  json["settings"]["window_size"] = {{"value", size}, {"origin", origin}};
  return json;
}

TEST(EmbeddingMetadata, ConfigDigestKnowsValuesAndNotWhereTheyCameFrom) {
  EXPECT_EQ(config_digest_of(config("default", 30)), config_digest_of(config("flag --window-size", 30)));
  EXPECT_NE(config_digest_of(config("default", 30)), config_digest_of(config("default", 31)));
}

TEST(EmbeddingMetadata, HoldsWhatReadersOfTheFileLookFor) {
  const features::FeatureTable table = windows::plain_table(10);
  const windows::Windows windows(table, {.window_size = 4, .stride = 2});
  Embeddings embeddings;
  embeddings.values.resize(4, 3);
  EmbeddingRecord record;
  record.source_file = "f.parquet";
  record.features_used = {"f0", "f1"};
  record.encoder_digest = "abc";
  record.config = config("default", 4);
  const nlohmann::json json = describe_embeddings(embeddings, windows, record);
  EXPECT_EQ(json.at("n_samples"), 4);
  EXPECT_EQ(json.at("embedding_dim"), 3);
  EXPECT_EQ(json.at("window_size"), 4);
  EXPECT_EQ(json.at("stride"), 2);
  EXPECT_EQ(json.at("encoding_method"), "sinusoidal");
  EXPECT_EQ(json.at("encoding_style"), "interleaved");
  EXPECT_EQ(json.at("features_used").size(), 2U);
  EXPECT_EQ(json.at("source_file"), "f.parquet");
  EXPECT_EQ(json.at("encoder_digest"), "abc");
  EXPECT_EQ(json.at("config_digest"), config_digest_of(record.config));
  record.encoder.encoding_method = models::EncodingMethod::kLearnable;
  EXPECT_TRUE(describe_embeddings(embeddings, windows, record).at("encoding_style").is_null());
}

}  // namespace
}  // namespace regimetry::embeddings
