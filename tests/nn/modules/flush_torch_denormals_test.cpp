#include "nn/modules/flush_torch_denormals.hpp"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/types.h>

#include <thread>

#include "core/flush_denormals.hpp"

namespace regimetry::nn {
namespace {

bool all_zero_after_halving(float value) {
  // Long enough that libtorch shares it among its threads.
  return (torch::full({1 << 20}, value) * 0.5).eq(0.0).all().item<bool>();
}

// On a thread of its own, whose mode and whose helpers end with it.
TEST(FlushTorchDenormals, ReachesEveryThreadThatComputes) {
  std::thread([] {
    EXPECT_FALSE(all_zero_after_halving(0x1p-126F));
    flush_torch_denormals();
    if (!FlushDenormals::is_active()) return;  // a processor without the mode
    EXPECT_TRUE(all_zero_after_halving(0x1p-126F));
    EXPECT_FALSE(all_zero_after_halving(0x1p-125F));
  }).join();
  EXPECT_FALSE(FlushDenormals::is_active());
}

}  // namespace
}  // namespace regimetry::nn
