#define REGIMETRY_KERNEL_LEVEL avx512_amx
#include "nn/kernels/amx_product.hpp"
#include "nn/kernels/row_kernels_impl.hpp"
#include "nn/kernels/row_kernels_levels.hpp"

namespace regimetry::nn {
namespace {

constexpr RowKernels with_tiles() {
  RowKernels kernels = avx512_amx::kernels_named("avx512_amx");
  kernels.multiply_pairs = avx512_amx::multiply_pairs_with_tiles;
  return kernels;
}

}  // namespace

extern const RowKernels kAvx512AmxKernels = with_tiles();

}  // namespace regimetry::nn
