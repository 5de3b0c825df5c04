#define REGIMETRY_KERNEL_LEVEL avx512_bf16
#include "nn/kernels/row_kernels_impl.hpp"
#include "nn/kernels/row_kernels_levels.hpp"

namespace regimetry::nn {

extern const RowKernels kAvx512Bf16Kernels = avx512_bf16::kernels_named("avx512_bf16");

}  // namespace regimetry::nn
