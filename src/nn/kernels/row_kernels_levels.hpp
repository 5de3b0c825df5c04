// The levels that row_kernels.cpp chooses from; each is defined in a file compiled for its processors.
#pragma once

#include "nn/kernels/row_kernels.hpp"

namespace regimetry::nn {

extern const RowKernels kBaselineKernels;  // any processor
#if defined(__x86_64__)
extern const RowKernels kAvx2Kernels;        // with fused multiply-add, since 2013
extern const RowKernels kAvx512Kernels;      // F, BW, DQ, VL
extern const RowKernels kAvx512Bf16Kernels;  // the same with products of bfloat16
extern const RowKernels kAvx512AmxKernels;   // and with those on matrix tiles
#endif

}  // namespace regimetry::nn
