// libregimetry_reference.so, opened by this program, which does not link libtorch.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <nlohmann/json.hpp>

#include "core/expect_error.hpp"
#include "models/regime_encoder/embedding_engine.hpp"
#include "models/regime_encoder/reference_border.hpp"
#include "models/regime_encoder/reference_engine_loader.hpp"
#include "support/encoder_cases.hpp"
#include "support/encoder_definition.hpp"

namespace regimetry::models {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::vector<float> embed(const EmbeddingEngine& engine, const std::vector<float>& rows, std::int64_t stride,
                         int thread_count) {
  const RegimeEncoderOptions& options = engine.options();
  const std::int64_t row_count = std::ssize(rows) / options.feature_count;
  const std::int64_t window_count = (row_count - options.window_size) / stride + 1;
  std::vector<float> embeddings(static_cast<std::size_t>(window_count * options.width()));
  ThreadPool pool(thread_count);
  engine.embed(rows, stride, embeddings, pool);
  return embeddings;
}

TEST(ReferenceEngine, EqualsTheDefinitionForEveryKindOfEncoder) {
  for (const EncoderCase& one : encoder_cases()) {
    const auto weights = drawn_weights(one.options, 1);
    const auto engine = load_reference_engine(weights);
    EXPECT_EQ(engine->options(), one.options);
    const auto rows = drawn_rows(one.options, one.options.window_size + 7, 2);
    for (const std::int64_t stride : {1, 3}) {
      EXPECT_LT(
          relative_difference(embed(*engine, rows, stride, 2), define_embeddings(weights, rows, stride)),
          1e-5)
          << one.name << " stride " << stride;
    }
  }
}

template <class Value>
Value one_of(RngStream& random, std::initializer_list<Value> values) {
  return values.begin()[random.below(values.size())];
}

// Shapes too large for the definition's plain loops: every length with every stride and width, the rest
// drawn.
TEST(ReferenceEngine, EqualsTheRowsEngineOverASweepOfShapes) {
  RngStream random = Rng(5).stream("test.sweep");
  for (const std::int64_t window_size : {1, 5, 30, 100}) {
    for (const std::int64_t stride : {1, 3, 40}) {
      for (const std::int64_t width : {8, 64, 130}) {
        for (int repeat = 0; repeat < 3; ++repeat) {
          RegimeEncoderOptions options;
          options.feature_count = 9;
          options.embedding_dim = width;
          options.window_size = window_size;
          options.num_heads = one_of<std::int64_t>(random, {1, 2, 4});
          options.head_size = one_of<std::int64_t>(random, {7, 16, 256});
          options.num_transformer_blocks = one_of<std::int64_t>(random, {0, 1, 2, 3});
          options.pooling =
              one_of(random, {Pooling::kMean, Pooling::kLast, Pooling::kMax, Pooling::kAttention});
          options.encoding_method = one_of(random, {EncodingMethod::kSinusoidal, EncodingMethod::kLearnable});
          options.look_ahead_mask = one_of(random, {false, true});
          const auto weights = drawn_weights(options, 1);
          const auto rows = drawn_rows(options, window_size + 4 * stride + 1, 2);
          const auto expected = embed(*load_reference_engine(weights), rows, stride, 2);
          EXPECT_LT(relative_difference(embed(*make_rows_engine(weights), rows, stride, 2),
                                        std::vector<double>(expected.begin(), expected.end())),
                    1e-5)
              << nlohmann::json(options).dump() << " stride " << stride;
        }
      }
    }
  }
}

TEST(ReferenceEngine, GivesTheSameBitsWhateverThePool) {
  RegimeEncoderOptions options;
  options.feature_count = 16;
  options.window_size = 20;
  const auto engine = load_reference_engine(initial_weights(options, Rng(42)));
  const auto rows = drawn_rows(options, 400, 2);  // several batches
  const auto expected = embed(*engine, rows, 1, 1);
  for (const int thread_count : {1, 2, 3}) EXPECT_EQ(embed(*engine, rows, 1, thread_count), expected);
}

TEST(ReferenceEngine, SaysWhatItIs) {
  const auto engine = load_reference_engine(drawn_weights(encoder_cases()[0].options, 1), "cpu");
  EXPECT_THAT(engine->description(), AllOf(HasSubstr("reference (libtorch "), HasSubstr(", cpu)")));
}

TEST(ReferenceEngine, NamesTheDevicesThatAreThere) {
  for (const char* device : {"cuda:93", "tpu", ""}) {
    const std::string message = message_of(ErrorKind::kUsage, [&] {
      static_cast<void>(load_reference_engine(drawn_weights(encoder_cases()[0].options, 1), device));
    });
    EXPECT_THAT(message,
                AllOf(HasSubstr("no device '" + std::string(device) + "'"), HasSubstr("there is cpu")));
  }
}

TEST(ReferenceEngine, RefusesAProgramOfAnotherBuild) {
  void* const handle = dlopen(reference_library_candidates()[0].c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(handle, nullptr) << dlerror();
  auto* const factory = reinterpret_cast<ReferenceFactory*>(dlsym(handle, kReferenceFactoryName));
  ASSERT_NE(factory, nullptr);
  EXPECT_EQ(factory("regimetry 0.0.0", drawn_weights(encoder_cases()[0].options, 1), "cpu"), nullptr);
}

}  // namespace
}  // namespace regimetry::models
