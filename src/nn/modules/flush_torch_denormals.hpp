// core/flush_denormals.hpp for the threads that libtorch computes with.
#pragma once

namespace regimetry::nn {

// The calling thread and the threads that share its tensor operations compute 0 instead of denormals from
// here on. Call it once where training starts, after the number of threads is set; gradients on a CPU are
// computed by these threads too.
void flush_torch_denormals();

}  // namespace regimetry::nn
