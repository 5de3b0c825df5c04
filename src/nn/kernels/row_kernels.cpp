#include "nn/kernels/row_kernels.hpp"

#include "nn/kernels/row_kernels_levels.hpp"

namespace regimetry::nn {

std::vector<const RowKernels*> usable_row_kernels() {
  std::vector<const RowKernels*> usable;
#if defined(__x86_64__)
  const bool has_avx512 = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                          __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
  const bool has_avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  if (has_avx512 && has_avx2 && __builtin_cpu_supports("avx512bf16") != 0)
    usable.push_back(&kRowKernels_avx512_bf16);
  if (has_avx512 && has_avx2) usable.push_back(&kRowKernels_avx512);
  if (has_avx2) usable.push_back(&kRowKernels_avx2);
#endif
  usable.push_back(&kRowKernels_baseline);
  return usable;
}

const RowKernels& row_kernels() noexcept {
  static const RowKernels* const best = usable_row_kernels().front();
  return *best;
}

}  // namespace regimetry::nn
