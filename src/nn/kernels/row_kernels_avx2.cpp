#define REGIMETRY_KERNEL_LEVEL avx2
#include "nn/kernels/row_kernels_impl.hpp"
#include "nn/kernels/row_kernels_levels.hpp"

namespace regimetry::nn {

extern const RowKernels kAvx2Kernels = avx2::kernels_named("avx2");

}  // namespace regimetry::nn
