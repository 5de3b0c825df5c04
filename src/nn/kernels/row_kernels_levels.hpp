// The levels that row_kernels.cpp chooses from; each is defined in a file compiled for its processors.
#pragma once

#include "nn/kernels/row_kernels.hpp"

namespace regimetry::nn {

extern const RowKernels kRowKernels_baseline;  // any processor
#if defined(__x86_64__)
extern const RowKernels kRowKernels_avx2;         // with fused multiply-add, since 2013
extern const RowKernels kRowKernels_avx512;       // F, BW, DQ, VL
extern const RowKernels kRowKernels_avx512_bf16;  // the same with products of bfloat16
extern const RowKernels kRowKernels_avx512_amx;   // and with those on matrix tiles
#endif

}  // namespace regimetry::nn
