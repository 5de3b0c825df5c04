#include "nn/modules/encoder_block.hpp"

#include "nn/modules/require_usable.hpp"

namespace regimetry::nn {

std::vector<std::string> EncoderBlockOptions::problems() const {
  ProblemList found;
  for (std::string& problem : attention.problems()) found.add(std::move(problem));
  found.demand_positive("ff_dim", ff_dim);
  found.demand_share("dropout", dropout);
  return found.take();
}

EncoderBlockImpl::EncoderBlockImpl(const EncoderBlockOptions& options_in)
    : options(require_usable(options_in, "encoder block")) {
  reset();
}

void EncoderBlockImpl::reset() {
  const std::int64_t width = options.attention.width;
  attention = register_module("attention", MultiHeadAttention(options.attention));
  norm1 = register_module("norm1", LayerNorm(width, options.norm_epsilon));
  ffn1 = register_module("ffn1", Dense(width, options.ff_dim, options.activation));
  ffn2 = register_module("ffn2", Dense(options.ff_dim, width));
  norm2 = register_module("norm2", LayerNorm(width, options.norm_epsilon));
}

torch::Tensor EncoderBlockImpl::drop(const torch::Tensor& x) const {
  return is_training() && options.dropout > 0.0 ? torch::dropout(x, options.dropout, /*train=*/true) : x;
}

torch::Tensor EncoderBlockImpl::pointwise(const torch::Tensor& x) {
  return ffn2(drop(ffn1(x)));
}

torch::Tensor EncoderBlockImpl::forward(const torch::Tensor& x, const torch::Tensor& is_valid) {
  if (options.pre_norm) {
    const torch::Tensor r = drop(attention(norm1(x), is_valid)) + x;
    return pointwise(norm2(r)) + r;
  }
  const torch::Tensor r = norm1(drop(attention(x, is_valid)), x);
  return norm2(pointwise(r), r);
}

}  // namespace regimetry::nn
