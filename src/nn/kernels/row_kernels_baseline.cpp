#define REGIMETRY_KERNEL_LEVEL baseline
#include "nn/kernels/row_kernels_impl.hpp"
#include "nn/kernels/row_kernels_levels.hpp"

namespace regimetry::nn {

extern const RowKernels kBaselineKernels = baseline::kernels_named("baseline");

}  // namespace regimetry::nn
