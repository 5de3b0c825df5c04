#include "nn/modules/pooling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/expect_error.hpp"

namespace regimetry::nn {
namespace {

// One window of three rows of two columns; the newest row is padding under the mask.
const torch::Tensor kRows = torch::tensor({1.0F, -2.0F, 3.0F, -6.0F, 100.0F, 100.0F}).view({1, 3, 2});
const torch::Tensor kValid = torch::tensor({true, true, false}).view({1, 3});

torch::Tensor pair(double a, double b) {
  return torch::tensor({a, b}, torch::kFloat32).view({1, 2});
}

TEST(Pooling, Averages) {
  EXPECT_TRUE(pool_mean(kRows).allclose(pair(104.0 / 3.0, 92.0 / 3.0)));
  EXPECT_TRUE(pool_mean(kRows, kValid).equal(pair(2, -4)));
}

TEST(Pooling, TakesTheNewestRow) {
  EXPECT_TRUE(pool_last(kRows).equal(pair(100, 100)));
  EXPECT_TRUE(pool_last(kRows, kValid).equal(pair(3, -6)));
  const torch::Tensor gap = torch::tensor({true, false, false}).view({1, 3});
  EXPECT_TRUE(pool_last(kRows, gap).equal(pair(1, -2)));
}

TEST(Pooling, TakesTheLargestOfEachColumn) {
  EXPECT_TRUE(pool_max(kRows).equal(pair(100, 100)));
  EXPECT_TRUE(pool_max(kRows, kValid).equal(pair(3, -2)));
}

// Along [1, 0] the first two rows score 1 and 3: shares of a logistic of 2.
TEST(Pooling, WeightsRowsAlongADirection) {
  AttentionPooling pooling(2);
  EXPECT_TRUE(pooling(kRows, kValid).allclose(pair(2, -4)));
  {
    const torch::NoGradGuard no_grad;
    pooling->weight[0] = 1.0;
  }
  const double share = 1.0 / (1.0 + std::exp(-2.0));
  EXPECT_TRUE(pooling(kRows, kValid).allclose(pair(1 + 2 * share, -2 - 4 * share)));
}

TEST(Pooling, GivesPaddingNoGradient) {
  for (const auto& pool : {pool_mean, pool_last, pool_max}) {
    const torch::Tensor x = kRows.clone().requires_grad_(true);
    pool(x, kValid).sum().backward();
    EXPECT_EQ(x.grad()[0][2].abs().max().item<double>(), 0.0);
    EXPECT_GT(x.grad()[0][1].abs().max().item<double>(), 0.0);
  }
}

TEST(Pooling, RefusesAWindowOfPaddingAlone) {
  const torch::Tensor x = torch::zeros({2, 3, 2});
  torch::Tensor is_valid = torch::ones({2, 3}, torch::kBool);
  is_valid[1].fill_(false);
  AttentionPooling pooling(2);
  const auto refusal = [&](auto pool) {
    return message_of(ErrorKind::kData, [&] { static_cast<void>(pool(x, is_valid)); });
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(refusal(pool_mean), HasSubstr("window 1 of the batch has no valid row"));
  EXPECT_THAT(refusal(pool_last), HasSubstr("window 1"));
  EXPECT_THAT(refusal(pool_max), HasSubstr("window 1"));
  EXPECT_THAT(refusal(pooling), HasSubstr("window 1"));
}

}  // namespace
}  // namespace regimetry::nn
