#include "nn/modules/flush_torch_denormals.hpp"

#include <ATen/Parallel.h>

#include "core/flush_denormals.hpp"

namespace regimetry::nn {

void flush_torch_denormals() {
  // One index per thread, so each of them runs the body once. The mode is meant to outlive the call.
  at::parallel_for(0, at::get_num_threads(), 1,
                   [](std::int64_t, std::int64_t) { FlushDenormals::activate(); });
  FlushDenormals::activate();
}

}  // namespace regimetry::nn
