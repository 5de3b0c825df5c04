#define REGIMETRY_KERNEL_LEVEL avx512
#include "nn/kernels/row_kernels_impl.hpp"
#include "nn/kernels/row_kernels_levels.hpp"

namespace regimetry::nn {

extern const RowKernels kAvx512Kernels = avx512::kernels_named("avx512");

}  // namespace regimetry::nn
