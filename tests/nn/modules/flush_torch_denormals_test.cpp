#include "nn/modules/flush_torch_denormals.hpp"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>
#include <torch/types.h>

#include <thread>

#include "core/flush_denormals.hpp"

namespace regimetry::nn {
namespace {

// Of so many numbers that libtorch shares them among its threads.
std::int64_t zeros_after_halving(float value) {
  return (torch::full({1 << 20}, value) * 0.5).eq(0.0).sum().item<std::int64_t>();
}

// On a thread of its own, whose mode and whose helpers end with it.
TEST(FlushTorchDenormals, ReachesEveryThreadThatComputes) {
  const int threads_before = at::get_num_threads();
  std::thread([] {
    at::set_num_threads(2);
    EXPECT_EQ(zeros_after_halving(0x1p-126F), 0);
    flush_torch_denormals();
    if (!FlushDenormals::is_active()) return;  // a processor without the mode
    EXPECT_EQ(zeros_after_halving(0x1p-126F), 1 << 20);
    EXPECT_EQ(zeros_after_halving(0x1p-125F), 0);
  }).join();
  at::set_num_threads(threads_before);
  EXPECT_FALSE(FlushDenormals::is_active());
}

}  // namespace
}  // namespace regimetry::nn
