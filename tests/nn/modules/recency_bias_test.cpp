#include "nn/modules/recency_bias.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::nn {
namespace {

// Four heads: slopes 2^-2, 2^-4, 2^-6, 2^-8.
TEST(RecencyBias, CostsEachHeadItsSlopePerStepOfDistance) {
  RecencyBias recency(4, /*is_learned=*/false);
  const torch::Tensor bias = recency->forward({5, 7}, {4, 8});
  EXPECT_EQ(bias.sizes().vec(), (std::vector<std::int64_t>{4, 2, 4}));
  for (int head = 0; head < 4; ++head) {
    const double slope = std::pow(2.0, -2.0 * (head + 1));
    EXPECT_NEAR(bias[head][0][1].item<double>(), 0.0, 0.0);
    EXPECT_NEAR(bias[head][0][0].item<double>(), -slope, 1e-7);
    EXPECT_NEAR(bias[head][1][0].item<double>(), -2.0 * slope, 1e-7);
    EXPECT_NEAR(bias[head][0][3].item<double>(), -2.0 * slope, 1e-7);
  }
}

TEST(RecencyBias, IsAParameterOnlyWhenLearned) {
  EXPECT_TRUE(RecencyBias(4, false)->parameters().empty());
  RecencyBias learned(4, true);
  ASSERT_EQ(learned->named_parameters().size(), 1U);
  EXPECT_EQ(learned->named_parameters()[0].key(), "log_slope");
  learned->forward({0, 3}, {0, 3}).sum().backward();
  // The sum is -8 steps of slope; its derivative by the logarithm of the slope is the same.
  EXPECT_NEAR(learned->log_slope.grad()[0].item<double>(), -8.0 * 0.25, 1e-6);
}

}  // namespace
}  // namespace regimetry::nn
