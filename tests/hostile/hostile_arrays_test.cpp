#include <gtest/gtest.h>

#include <tuple>

#include "core/npy.hpp"
#include "core/safetensors.hpp"
#include "hostile/hostile_runner.hpp"

namespace regimetry::hostile {
namespace {

TEST(HostileNpy, EveryFileIsRefusedOrRead) {
  run_cases(npy_cases(), [](const std::filesystem::path& path) {
    std::ignore = read_npy(path).as_float64();
    return ExpectedBars();
  });
}

TEST(HostileSafetensors, EveryFileIsRefusedOrRead) {
  run_cases(safetensors_cases(), [](const std::filesystem::path& path) {
    std::ignore = read_safetensors(path);
    return ExpectedBars();
  });
}

}  // namespace
}  // namespace regimetry::hostile
