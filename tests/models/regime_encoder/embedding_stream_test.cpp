#include "models/regime_encoder/embedding_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/error.hpp"

namespace regimetry::models {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kFeatures = 5, kLength = 7, kRows = 40;

class LiveEmbeddings : public ::testing::Test {
 protected:
  static std::unique_ptr<EmbeddingEngine> make_engine() {
    RegimeEncoderOptions options;
    options.feature_count = kFeatures;
    options.window_size = kLength;
    options.embedding_dim = 12;
    options.num_heads = 2;
    options.head_size = 16;
    return make_rows_engine(initial_weights(options, Rng(3)));
  }
  static std::vector<float> make_rows() {
    std::vector<float> rows(kRows * kFeatures);
    RngStream stream = Rng(4).stream("test.rows");
    for (float& value : rows) value = static_cast<float>(stream.normal());
    return rows;
  }
  [[nodiscard]] std::span<const float> row(std::int64_t i) const {
    return std::span(rows_).subspan(static_cast<std::size_t>(i * kFeatures), kFeatures);
  }
  [[nodiscard]] std::vector<float> batch() const {
    std::vector<float> embeddings((kRows - kLength + 1) * 12);
    ThreadPool pool(2);
    engine_->embed(rows_, 1, embeddings, pool);
    return embeddings;
  }

  std::unique_ptr<EmbeddingEngine> engine_ = make_engine();
  std::vector<float> rows_ = make_rows();
};

TEST_F(LiveEmbeddings, AreThoseOfTheBatchToTheBit) {
  EmbeddingStream stream(*engine_);
  std::vector<float> live;
  for (std::int64_t i = 0; i < kRows; ++i) {
    const auto embedding = stream.push(row(i));
    EXPECT_EQ(embedding.empty(), i < kLength - 1);
    live.insert(live.end(), embedding.begin(), embedding.end());
  }
  EXPECT_EQ(live, batch());
}

TEST_F(LiveEmbeddings, GoOnFromTheRecentRows) {
  EmbeddingStream before(*engine_);
  for (std::int64_t i = 0; i < 23; ++i) static_cast<void>(before.push(row(i)));
  EmbeddingStream after(*engine_);
  const auto recent = before.recent_rows();
  ASSERT_EQ(recent.size(), static_cast<std::size_t>((kLength - 1) * kFeatures));
  for (std::int64_t i = 0; i < kLength - 1; ++i)
    EXPECT_TRUE(after.push(recent.subspan(static_cast<std::size_t>(i * kFeatures), kFeatures)).empty());
  const auto expected = before.push(row(23)), found = after.push(row(23));
  EXPECT_EQ(std::vector<float>(found.begin(), found.end()),
            std::vector<float>(expected.begin(), expected.end()));
}

TEST_F(LiveEmbeddings, BeginAnewAfterAGap) {
  EmbeddingStream stream(*engine_);
  for (std::int64_t i = 0; i < 10; ++i) static_cast<void>(stream.push(row(i)));
  stream.clear();
  for (std::int64_t i = 10; i < 10 + kLength - 1; ++i) EXPECT_TRUE(stream.push(row(i)).empty());
  EXPECT_FALSE(stream.push(row(10 + kLength - 1)).empty());
}

TEST_F(LiveEmbeddings, RefuseABadRowAndStandAsBefore) {
  EmbeddingStream stream(*engine_);
  for (std::int64_t i = 0; i < kLength - 1; ++i) static_cast<void>(stream.push(row(i)));
  std::vector<float> bad(row(0).begin(), row(0).end());
  bad[3] = std::numeric_limits<float>::infinity();
  try {
    static_cast<void>(stream.push(bad));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_THAT(error.what(), HasSubstr("feature 3 of the row is inf"));
  }
  EXPECT_THROW(static_cast<void>(stream.push(std::span(rows_).first(4))), Error);
  const auto embedding = stream.push(row(kLength - 1));
  const auto all = batch();
  EXPECT_EQ(std::vector<float>(embedding.begin(), embedding.end()),
            std::vector<float>(all.begin(), all.begin() + 12));
}

TEST_F(LiveEmbeddings, RefuseARowThatOverflowsAndStandAsBefore) {
  EmbeddingStream stream(*engine_);
  for (std::int64_t i = 0; i < kLength - 1; ++i) static_cast<void>(stream.push(row(i)));
  const std::vector<float> huge(kFeatures, 3.4e38F);
  try {
    static_cast<void>(stream.push(huge));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_THAT(error.what(), HasSubstr("overflow float32"));
  }
  const auto embedding = stream.push(row(kLength - 1));
  const auto all = batch();
  EXPECT_EQ(std::vector<float>(embedding.begin(), embedding.end()),
            std::vector<float>(all.begin(), all.begin() + 12));
}

}  // namespace
}  // namespace regimetry::models
