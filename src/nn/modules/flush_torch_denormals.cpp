#include "nn/modules/flush_torch_denormals.hpp"

#include <ATen/Parallel.h>
#include <ATen/TensorIterator.h>

#include "core/flush_denormals.hpp"

namespace regimetry::nn {

void flush_torch_denormals() {
  // One element per thread, so each of them calls the loop once. The iterator's loop, because it is compiled
  // into libtorch and so runs on its threads; at::parallel_for is compiled here, perhaps with another OpenMP.
  torch::Tensor one_each = torch::zeros({at::get_num_threads()});
  at::TensorIterator iterator = at::TensorIterator::nullary_op(one_each);
  iterator.for_each(
      [](char**, const std::int64_t*, std::int64_t, std::int64_t) { FlushDenormals::activate(); },
      /*grain_size=*/1);
  FlushDenormals::activate();
}

}  // namespace regimetry::nn
