#include "models/regime_encoder/reference_backend.hpp"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/cuda.h>

#include "core/flush_denormals.hpp"
#include "support/encoder_cases.hpp"
#include "support/encoder_definition.hpp"

namespace regimetry::models {
namespace {

void in_place(std::int64_t count, std::int64_t grain, const std::function<void(IndexRange)>& body) {
  for (std::int64_t begin = 0; begin < count; begin += grain) body({begin, std::min(begin + grain, count)});
}

TEST(ReferenceBackend, BoundsTheMemoryOfABatch) {
  RegimeEncoderOptions options;
  options.feature_count = 64;
  options.window_size = 30;
  const std::int64_t few = windows_per_batch(options, 8 << 20);
  EXPECT_GT(few, 1);
  EXPECT_LE(few * 30 * 4 * 4 * 1024, 8 << 20);  // queries, keys, values and heads alone
  EXPECT_GE(windows_per_batch(options, 80 << 20), 10 * few);
  options.window_size = 10'000;
  EXPECT_EQ(windows_per_batch(options, 8 << 20), 1);
}

TEST(ReferenceBackend, LeavesTheCallingThreadAsItWas) {
  const auto options = encoder_cases()[0].options;
  const auto backend = make_reference_backend(drawn_weights(options, 1), "cpu");
  const auto rows = drawn_rows(options, 30, 2);
  std::vector<float> embeddings(static_cast<std::size_t>(5 * options.width()));
  const int threads_before = at::get_num_threads();
  backend->embed(rows, 1, embeddings, in_place);
  EXPECT_EQ(at::get_num_threads(), threads_before);
  EXPECT_TRUE(at::GradMode::is_enabled());
  EXPECT_FALSE(FlushDenormals::is_active());
}

TEST(ReferenceBackend, EmbedsNoWindowsAtAll) {
  const auto backend = make_reference_backend(drawn_weights(encoder_cases()[0].options, 1), "cpu");
  backend->embed({}, 1, {}, in_place);
}

TEST(ReferenceBackend, GivesOnAGpuWhatTheDefinitionSays) {
  if (!torch::cuda::is_available()) GTEST_SKIP() << "no GPU here";
  for (const EncoderCase& one : encoder_cases()) {
    const auto weights = drawn_weights(one.options, 1);
    const auto backend = make_reference_backend(weights, "cuda");
    const auto rows = drawn_rows(one.options, one.options.window_size + 7, 2);
    std::vector<float> embeddings(static_cast<std::size_t>(8 * one.options.width()));
    backend->embed(rows, 1, embeddings, in_place);
    EXPECT_LT(relative_difference(embeddings, define_embeddings(weights, rows, 1)), 1e-5) << one.name;
  }
}

}  // namespace
}  // namespace regimetry::models
