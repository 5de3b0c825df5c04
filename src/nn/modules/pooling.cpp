#include "nn/modules/pooling.hpp"

#include <fmt/format.h>

#include <limits>

#include "core/error.hpp"

namespace regimetry::nn {
namespace {

// [B, T] -> [B, T, 1], true for padding.
torch::Tensor padding_of(const torch::Tensor& is_valid) {
  const torch::Tensor has_rows = is_valid.any(1);
  if (!has_rows.all().item<bool>()) {
    throw Error(ErrorKind::kData,
                fmt::format("window {} of the batch has no valid row; leave such windows out",
                            has_rows.to(torch::kInt64).argmin().item<std::int64_t>()));
  }
  return is_valid.logical_not().unsqueeze(2);
}

}  // namespace

torch::Tensor pool_mean(const torch::Tensor& x, const torch::Tensor& is_valid) {
  if (!is_valid.defined()) return x.mean(1);
  const torch::Tensor sum_bd = x.masked_fill(padding_of(is_valid), 0.0).sum(1);
  return sum_bd / is_valid.sum(1, /*keepdim=*/true);
}

torch::Tensor pool_last(const torch::Tensor& x, const torch::Tensor& is_valid) {
  if (!is_valid.defined()) return x.select(1, x.size(1) - 1);
  static_cast<void>(padding_of(is_valid));  // for its check
  const torch::Tensor row_numbers = torch::arange(x.size(1), is_valid.options().dtype(torch::kInt64));
  const torch::Tensor newest_b = row_numbers.masked_fill(is_valid.logical_not(), -1).argmax(1);
  const torch::Tensor index_b1d = newest_b.view({-1, 1, 1}).expand({-1, 1, x.size(2)});
  return x.gather(1, index_b1d).squeeze(1);
}

torch::Tensor pool_max(const torch::Tensor& x, const torch::Tensor& is_valid) {
  if (!is_valid.defined()) return x.amax(1);
  return x.masked_fill(padding_of(is_valid), -std::numeric_limits<double>::infinity()).amax(1);
}

AttentionPoolingImpl::AttentionPoolingImpl(std::int64_t width) : width_(width) {
  reset();
}

void AttentionPoolingImpl::reset() {
  weight = register_parameter("weight", torch::zeros({width_}));
}

torch::Tensor AttentionPoolingImpl::forward(const torch::Tensor& x, const torch::Tensor& is_valid) {
  torch::Tensor scores_bt1 = torch::matmul(x, weight).unsqueeze(2);
  if (is_valid.defined())
    scores_bt1 = scores_bt1.masked_fill(padding_of(is_valid), -std::numeric_limits<double>::infinity());
  return (scores_bt1.softmax(1) * x).sum(1);
}

}  // namespace regimetry::nn
