// Our gradients are computed outside of libtorch's record, so they have none themselves.
#pragma once

#include <ATen/core/grad_mode.h>
#include <c10/util/Exception.h>

namespace regimetry::nn {

// Throws instead of letting a second derivative come out as zero.
inline void require_first_derivative(const char* function) {
  TORCH_CHECK(
      !at::GradMode::is_enabled(), function,
      " has no second derivative: call backward() without create_graph, or use libtorch's own layers");
}

}  // namespace regimetry::nn
