#include "models/regime_encoder/rows_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "models/regime_encoder/reference_engine_loader.hpp"
#include "models/support/encoder_cases.hpp"
#include "models/support/encoder_definition.hpp"
#include "models/support/plain_kmeans.hpp"

namespace regimetry::models {
namespace {

using ::testing::HasSubstr;

// Weights as training might leave them: nothing is zero or one.
RegimeEncoderWeights trained(const RegimeEncoderOptions& options, std::uint64_t seed) {
  const Rng rng(seed);
  RegimeEncoderWeights weights = initial_weights(options, rng);
  visit_weights(weights, [&](const std::string& name, WeightArray& array) {
    RngStream stream = rng.stream("test." + name);
    for (float& value : array.values) value += static_cast<float>(stream.uniform(-0.1, 0.1));
  });
  return weights;
}

std::vector<float> random_rows(std::int64_t row_count, std::int64_t feature_count, std::uint64_t seed) {
  std::vector<float> rows(static_cast<std::size_t>(row_count * feature_count));
  RngStream stream = Rng(seed).stream("test.rows");
  for (float& value : rows) value = static_cast<float>(stream.normal());
  return rows;
}

std::vector<float> embed(const EmbeddingEngine& engine, std::span<const float> rows, std::int64_t stride,
                         std::int64_t window_count, int threads = 1) {
  std::vector<float> embeddings(static_cast<std::size_t>(window_count * engine.options().width()));
  ThreadPool pool(threads);
  engine.embed(rows, stride, embeddings, pool);
  return embeddings;
}

RegimeEncoderOptions options_of(std::int64_t features, std::int64_t window_size) {
  RegimeEncoderOptions options;
  options.feature_count = features;
  options.window_size = window_size;
  options.num_heads = 2;
  options.head_size = 24;
  options.ff_dim = 20;
  return options;
}

void expect_as_defined(const RegimeEncoderOptions& options, std::int64_t stride, double tolerance,
                       Precision precision = Precision::kFloat32,
                       const nn::RowKernels& kernels = nn::row_kernels()) {
  const std::int64_t window_count = 9;
  const auto weights = trained(options, 5);
  const auto rows = random_rows((window_count - 1) * stride + options.window_size, options.feature_count, 6);
  const RowsEngine engine(weights, precision, kernels);
  EXPECT_LT(relative_difference(embed(engine, rows, stride, window_count),
                                define_embeddings(weights, rows, stride)),
            tolerance)
      << nlohmann::json(options).dump() << " stride " << stride;
}

TEST(RowsEngine, IsTheDefinedFunctionForAnyShape) {
  for (const std::int64_t features : {1, 3, 16, 21, 70}) {
    for (const std::int64_t window_size : {1, 2, 5, 7, 16, 30, 33}) {
      for (const std::int64_t stride : {1, 3, 40}) {
        expect_as_defined(options_of(features, window_size), stride, 1e-5);
      }
    }
  }
}

TEST(RowsEngine, IsTheDefinedFunctionForAnyHeads) {
  for (const std::int64_t heads : {1, 3, 4, 5}) {
    for (const std::int64_t head_size : {1, 8, 17, 64, 256}) {
      RegimeEncoderOptions options = options_of(12, 11);
      options.embedding_dim = 40;
      options.num_heads = heads;
      options.head_size = head_size;
      expect_as_defined(options, 1, 1e-5);
    }
  }
}

TEST(RowsEngine, IsTheDefinedFunctionForEveryOptionItCovers) {
  for (const Pooling pooling : {Pooling::kMean, Pooling::kLast, Pooling::kMax, Pooling::kAttention}) {
    for (const EncodingMethod method : {EncodingMethod::kSinusoidal, EncodingMethod::kLearnable}) {
      for (const EncodingStyle style : {EncodingStyle::kInterleaved, EncodingStyle::kStacked}) {
        for (const bool looks_back_only : {false, true}) {
          RegimeEncoderOptions options = options_of(9, 19);
          options.embedding_dim = 15;
          options.pooling = pooling;
          options.encoding_method = method;
          options.encoding_style = style;
          options.look_ahead_mask = looks_back_only;
          expect_as_defined(options, 2, 1e-5);
        }
      }
    }
  }
}

TEST(RowsEngine, IsTheDefinedFunctionForAnyDepth) {
  for (const std::int64_t blocks : {0, 1, 2, 5}) {
    for (const std::int64_t width : {10, 50}) {
      RegimeEncoderOptions options = options_of(10, 8);
      options.embedding_dim = width;
      options.num_transformer_blocks = blocks;
      expect_as_defined(options, 1, 1e-5);
    }
  }
}

// Wide inputs take other roads: unfolded scores, and values in two steps or per head.
TEST(RowsEngine, IsTheDefinedFunctionWhereFoldingDoesNotPay) {
  for (const std::int64_t window_size : {4, 100, 130}) {
    RegimeEncoderOptions options = options_of(75, window_size);
    options.head_size = 16;
    expect_as_defined(options, 1, 1e-5);
  }
}

TEST(RowsEngine, IsTheDefinedFunctionInTheDefaultShape) {
  RegimeEncoderOptions options;
  options.feature_count = 13;
  options.window_size = 30;
  options.embedding_dim = 64;
  expect_as_defined(options, 1, 1e-5);
}

TEST(RowsEngine, IsTheDefinedFunctionOnEveryKindOfProcessor) {
  for (const nn::RowKernels* const kernels : nn::usable_row_kernels()) {
    RegimeEncoderOptions options = options_of(21, 19);
    expect_as_defined(options, 1, 1e-5, Precision::kFloat32, *kernels);
    expect_as_defined(options, 1, 0.03, Precision::kBfloat16, *kernels);
  }
}

TEST(RowsEngine, IsTheDefinedFunctionForEveryKindOfEncoder) {
  int covered = 0;
  for (const EncoderCase& one : encoder_cases()) {
    if (!rows_engine_gap(one.options).empty()) continue;
    ++covered;
    const auto weights = drawn_weights(one.options, 1);
    const RowsEngine engine(weights);
    const auto rows = drawn_rows(one.options, one.options.window_size + 7, 2);
    for (const std::int64_t stride : {1, 3}) {
      EXPECT_LT(relative_difference(embed(engine, rows, stride, 7 / stride + 1),
                                    define_embeddings(weights, rows, stride)),
                1e-5)
          << one.name << " stride " << stride;
    }
  }
  EXPECT_GE(covered, 20);
}

// A row so large that what is made of it overflows leaves every window alone that does not hold it.
TEST(RowsEngine, KeepsOneRowsOverflowToTheWindowsThatHoldIt) {
  for (const std::int64_t features : {8, 75}) {
    for (const nn::RowKernels* const kernels : nn::usable_row_kernels()) {
      RegimeEncoderOptions options = options_of(features, 12);
      if (features == 8) options.embedding_dim = 16;
      auto rows = random_rows(200, features, 1);
      const RowsEngine engine(trained(options, 2), Precision::kFloat32, *kernels);
      const auto before = embed(engine, rows, 1, 189);
      std::fill_n(rows.begin() + 100 * features, features, 3.4e38F);
      const auto after = embed(engine, rows, 1, 189);
      const std::int64_t width = options.width();
      for (std::int64_t n = 0; n < 189; ++n) {
        const bool holds_it = n > 100 - 12 && n <= 100;
        for (std::int64_t d = 0; d < width; ++d) {
          const auto at = static_cast<std::size_t>(n * width + d);
          if (holds_it) {
            ASSERT_FALSE(std::isfinite(after[at])) << n << " " << kernels->name;
          } else {
            ASSERT_EQ(before[at], after[at]) << n << " " << kernels->name;
          }
        }
      }
    }
  }
}

TEST(RowsEngine, KeepsTheTablesOfItsRowsSmall) {
  struct Case {
    std::int64_t window_size, stride, most_floats;
  };
  for (const Case& one : {Case{30, 1, 1'000'000}, Case{252, 252, 2'000'000}, Case{1000, 1, 25'000'000},
                          Case{1000, 5000, 25'000'000}}) {
    RegimeEncoderOptions options;
    options.feature_count = 8;
    options.window_size = one.window_size;
    const RowsEngine engine(initial_weights(options, Rng(1)));
    EXPECT_LT(engine.table_floats(one.stride), one.most_floats) << one.window_size << " " << one.stride;
  }
}

// Large scores make a softmax that a naive exponential would overflow.
TEST(RowsEngine, SurvivesLargeValues) {
  const RegimeEncoderOptions options = options_of(6, 10);
  const auto weights = trained(options, 5);
  auto rows = random_rows(30, 6, 6);
  for (float& value : rows) value *= 300.0F;
  const RowsEngine engine(weights);
  EXPECT_LT(relative_difference(embed(engine, rows, 1, 21), define_embeddings(weights, rows, 1)), 1e-4);
}

TEST(RowsEngine, GivesTheSameBitsOnAnyNumberOfThreads) {
  RegimeEncoderOptions options = options_of(8, 30);
  options.embedding_dim = 64;
  options.num_heads = 4;
  options.head_size = 256;
  const auto rows = random_rows(3000, 8, 1);
  for (const Precision precision : {Precision::kFloat32, Precision::kBfloat16}) {
    const RowsEngine engine(trained(options, 2), precision);
    EXPECT_EQ(embed(engine, rows, 1, 2971, 1), embed(engine, rows, 1, 2971, 3));
  }
}

TEST(RowsEngine, GivesAWindowTheSameBitsInAnyCompany) {
  RegimeEncoderOptions options = options_of(8, 12);
  options.embedding_dim = 40;
  const auto rows = random_rows(500, 8, 1);
  const RowsEngine engine(trained(options, 2));
  const auto all = embed(engine, rows, 1, 489);
  const auto window = [&](std::int64_t first_row) {
    return embed(engine, std::span(rows).subspan(static_cast<std::size_t>(first_row * 8), 12 * 8), 1, 1);
  };
  const auto of_all = [&](std::int64_t n) {
    return std::vector<float>(all.begin() + n * 40, all.begin() + (n + 1) * 40);
  };
  for (const std::int64_t n : {0, 1, 77, 200, 488}) EXPECT_EQ(of_all(n), window(n)) << n;
  for (const std::int64_t stride : {2, 5, 12, 13, 50}) {
    const std::int64_t count = (500 - 12) / stride + 1;
    const auto some = embed(engine, rows, stride, count);
    for (std::int64_t n = 0; n < count; ++n) {
      EXPECT_EQ(of_all(n * stride), std::vector<float>(some.begin() + n * 40, some.begin() + (n + 1) * 40))
          << n << " of stride " << stride;
    }
  }
}

TEST(RowsEngine, GivesTheSameBitsOnEveryProcessorWithFusedMultiplyAdd) {
  RegimeEncoderOptions options = options_of(21, 19);
  options.embedding_dim = 50;
  const auto weights = trained(options, 2);
  const auto rows = random_rows(60, 21, 1);
  std::vector<std::vector<float>> found;
  for (const nn::RowKernels* const kernels : nn::usable_row_kernels()) {
    if (kernels->name == "baseline") continue;
    found.push_back(embed(RowsEngine(weights, Precision::kFloat32, *kernels), rows, 1, 42));
  }
  for (const auto& one : found) EXPECT_EQ(one, found.front());
}

// Three kinds of market in turn, told apart by the size and sign of what moves.
std::vector<float> rows_of_three_regimes(std::int64_t row_count, std::int64_t feature_count) {
  std::vector<float> rows = random_rows(row_count, feature_count, 8);
  for (std::int64_t t = 0; t < row_count; ++t) {
    const std::int64_t regime = t / 150 % 3;
    for (std::int64_t f = 0; f < feature_count; ++f) {
      float& value = rows[static_cast<std::size_t>(t * feature_count + f)];
      value = value * (regime == 0 ? 0.4F : 0.8F) + (regime == 2 ? -0.9F : 0.3F);
    }
  }
  return rows;
}

TEST(RowsEngine, FindsTheSameClustersInBfloat16) {
  RegimeEncoderOptions options = options_of(12, 30);
  options.embedding_dim = 64;
  options.num_heads = 4;
  options.head_size = 256;
  const auto weights = initial_weights(options, Rng(42));
  const auto rows = rows_of_three_regimes(2029, 12);
  const auto exact = embed(RowsEngine(weights), rows, 1, 2000);
  const auto rounded = embed(RowsEngine(weights, Precision::kBfloat16), rows, 1, 2000);
  EXPECT_NE(exact, rounded);
  const std::vector<std::int64_t> starts = {60, 210, 360};
  EXPECT_GE(adjusted_rand_index(plain_kmeans(exact, 64, starts), plain_kmeans(rounded, 64, starts)), 0.99);
}

TEST(RowsEngine, MayServeSeveralThreadsAtOnce) {
  RegimeEncoderOptions options = options_of(8, 12);
  const auto rows = random_rows(400, 8, 1);
  const RowsEngine engine(trained(options, 2));
  const auto alone = embed(engine, rows, 1, 389);
  ThreadPool pool(4);
  std::vector<std::vector<float>> found(8);
  pool.parallel_for(8, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i)
      found[static_cast<std::size_t>(i)] = embed(engine, rows, 1, 389);
  });
  for (const auto& one : found) EXPECT_EQ(one, alone);
}

TEST(RowsEngine, SaysWhatItDoesNotCover) {
  RegimeEncoderOptions options = options_of(8, 12);
  EXPECT_EQ(rows_engine_gap(options), "");
  options.pre_norm = true;
  EXPECT_THAT(rows_engine_gap(options), HasSubstr("pre_norm"));
  EXPECT_THROW(RowsEngine(initial_weights(options, Rng(1))), Error);
  options.pre_norm = false;
  options.activation = Activation::kGelu;
  EXPECT_THAT(rows_engine_gap(options), HasSubstr("gelu"));
}

}  // namespace
}  // namespace regimetry::models
