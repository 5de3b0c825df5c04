#include "nn/modules/positional_encoding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/expect_error.hpp"
#include "support/drawn.hpp"

namespace regimetry::nn {
namespace {

TEST(PositionalEncoding, AddsWaves) {
  SinusoidalEncoding encoding(5, 4, /*is_interleaved=*/true);
  EXPECT_TRUE(encoding->parameters().empty());
  const torch::Tensor got = encoding(10.0 * torch::ones({2, 3, 4}));
  EXPECT_NEAR(got[1][2][0].item<double>(), 10.0 + std::sin(2.0), 1e-6);
  EXPECT_NEAR(got[0][2][3].item<double>(), 10.0 + std::cos(0.02), 1e-6);
}

TEST(PositionalEncoding, AddsLearnedVectors) {
  LearnedEncoding encoding(5, 4);
  draw_parameters(*encoding);
  EXPECT_EQ(encoding->named_parameters()[0].key(), "weight");
  const torch::Tensor x = drawn({2, 3, 4}, "x");
  EXPECT_TRUE(encoding(x).equal(x + encoding->weight.slice(0, 0, 3)));
}

TEST(PositionalEncoding, RefusesMoreRowsThanItHasPositions) {
  LearnedEncoding learned(5, 4);
  SinusoidalEncoding waves(5, 4, true);
  const torch::Tensor x = torch::zeros({1, 6, 4});
  using ::testing::HasSubstr;
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { learned(x); }), HasSubstr("6 rows is longer than the 5"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { waves(x); }), HasSubstr("6 rows is longer than the 5"));
}

TEST(PositionalEncoding, MovesWithItsModuleToAnotherPrecision) {
  SinusoidalEncoding waves(5, 4, true);
  waves->to(torch::kFloat64);
  EXPECT_EQ(waves(torch::zeros({1, 5, 4}, torch::kFloat64)).scalar_type(), torch::kFloat64);
}

}  // namespace
}  // namespace regimetry::nn
