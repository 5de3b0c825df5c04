#include "nn/kernels/row_kernels.hpp"

#include "nn/kernels/row_kernels_levels.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace regimetry::nn {
namespace {

#if defined(__x86_64__)
bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
}

bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
}

// The operating system saves tiles only for processes that asked it to.
bool may_use_tiles() {
#if defined(__linux__) && defined(SYS_arch_prctl)
  constexpr int kRequestPermission = 0x1023, kTileData = 18;
  return ::syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#else
  return false;
#endif
}

bool has_tiles() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kBfloat16Tiles = 1U << 22, kTiles = 1U << 24;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
  return (d & kBfloat16Tiles) != 0 && (d & kTiles) != 0 && may_use_tiles();
}
#endif

}  // namespace

std::vector<const RowKernels*> usable_row_kernels() {
  std::vector<const RowKernels*> usable;
#if defined(__x86_64__)
  const bool has_pairs = has_avx512() && __builtin_cpu_supports("avx512bf16") != 0;
  if (has_pairs && has_tiles()) usable.push_back(&kAvx512AmxKernels);
  if (has_pairs) usable.push_back(&kAvx512Bf16Kernels);
  if (has_avx512()) usable.push_back(&kAvx512Kernels);
  if (has_avx2()) usable.push_back(&kAvx2Kernels);
#endif
  usable.push_back(&kBaselineKernels);
  return usable;
}

const RowKernels& row_kernels() noexcept {
  static const RowKernels* const best = usable_row_kernels().front();
  return *best;
}

}  // namespace regimetry::nn
