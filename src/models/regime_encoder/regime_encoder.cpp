#include "models/regime_encoder/regime_encoder.hpp"

#include <fmt/format.h>

#include <string>

#include "core/error.hpp"
#include "nn/modules/require_usable.hpp"
#include "nn/modules/tensor_view.hpp"

namespace regimetry::models {
namespace {

nn::Activation activation_of(const RegimeEncoderOptions& options) {
  return options.activation == Activation::kGelu ? nn::Activation::kGelu : nn::Activation::kRelu;
}

nn::EncoderBlockOptions block_options(const RegimeEncoderOptions& options) {
  nn::EncoderBlockOptions block;
  block.attention.width = options.width();
  block.attention.num_heads = options.num_heads;
  block.attention.head_size = options.head_size;
  block.attention.pattern.look_ahead_mask = options.look_ahead_mask;
  block.ff_dim = options.ff_dim;
  block.activation = activation_of(options);
  block.dropout = options.dropout;
  block.pre_norm = options.pre_norm;
  block.norm_epsilon = static_cast<double>(kNormEpsilon);
  return block;
}

std::string shape_text(const torch::Tensor& tensor) {
  return fmt::format("[{}]", fmt::join(tensor.sizes().vec(), ", "));
}

void require_shapes(const RegimeEncoderOptions& options, const torch::Tensor& windows,
                    const torch::Tensor& is_valid) {
  if (windows.dim() != 3 || windows.size(1) != options.window_size ||
      windows.size(2) != options.feature_count) {
    throw Error(ErrorKind::kData,
                fmt::format("the encoder reads windows of the shape [any, {}, {}], not {}",
                            options.window_size, options.feature_count, shape_text(windows)));
  }
  if (is_valid.defined() && (is_valid.dim() != 2 || is_valid.size(0) != windows.size(0) ||
                             is_valid.size(1) != windows.size(1) || is_valid.scalar_type() != torch::kBool)) {
    throw Error(ErrorKind::kData,
                fmt::format("the padding mask must hold booleans of the shape [{}, {}], not {}",
                            windows.size(0), windows.size(1), shape_text(is_valid)));
  }
}

}  // namespace

RegimeEncoderImpl::RegimeEncoderImpl(const RegimeEncoderOptions& options_in)
    : options(nn::require_usable(options_in, "encoder")) {
  reset();
}

RegimeEncoderImpl::RegimeEncoderImpl(const RegimeEncoderWeights& weights)
    : RegimeEncoderImpl(weights.options) {
  load_weights(weights);
}

void RegimeEncoderImpl::reset() {
  const std::int64_t width = options.width();
  if (options.has_projection()) {
    projection = register_module("projection", nn::Dense(options.feature_count, options.unpadded_width()));
  }
  if (options.encoding_method == EncodingMethod::kLearnable) {
    position = register_module("position", nn::LearnedEncoding(options.window_size, width));
  } else {
    const bool is_interleaved = options.encoding_style == EncodingStyle::kInterleaved;
    waves = register_module("waves", nn::SinusoidalEncoding(options.window_size, width, is_interleaved));
  }
  blocks = register_module("blocks", torch::nn::ModuleList());
  for (std::int64_t i = 0; i < options.num_transformer_blocks; ++i)
    blocks->push_back(nn::EncoderBlock(block_options(options)));
  if (options.pooling == Pooling::kAttention)
    attention_pooling = register_module("pooling", nn::AttentionPooling(width));
}

// [B, L, F] -> [B, L, D]
torch::Tensor RegimeEncoderImpl::encoder_input(const torch::Tensor& windows) {
  torch::Tensor x = projection ? projection(windows) : windows;
  if (options.has_padding_column()) x = torch::constant_pad_nd(x, {0, 1});
  return position ? position(x) : waves(x);
}

torch::Tensor RegimeEncoderImpl::pool(const torch::Tensor& x, const torch::Tensor& is_valid) {
  switch (options.pooling) {
    case Pooling::kLast:
      return nn::pool_last(x, is_valid);
    case Pooling::kMax:
      return nn::pool_max(x, is_valid);
    case Pooling::kAttention:
      return attention_pooling(x, is_valid);
    case Pooling::kMean:
      break;
  }
  return nn::pool_mean(x, is_valid);
}

torch::Tensor RegimeEncoderImpl::forward(const torch::Tensor& windows, const torch::Tensor& is_valid) {
  require_shapes(options, windows, is_valid);
  // A weight of zero does not silence a NaN that stands in padding.
  const torch::Tensor readable =
      is_valid.defined() ? windows.masked_fill(is_valid.logical_not().unsqueeze(2), 0.0) : windows;
  torch::Tensor x = encoder_input(readable);
  for (const auto& block : *blocks) x = block->as<nn::EncoderBlock>()->forward(x, is_valid);
  return pool(x, is_valid);
}

void RegimeEncoderImpl::load_weights(const RegimeEncoderWeights& weights) {
  if (weights.options != options)
    throw Error(ErrorKind::kUsage, "the weights belong to an encoder of other options");
  const torch::NoGradGuard no_grad;
  auto parameters = named_parameters();
  visit_weights(weights, [&](const std::string& name, const WeightArray& array) {
    parameters[name].copy_(nn::view_of(array.values, array.shape));
  });
}

RegimeEncoderWeights RegimeEncoderImpl::copy_weights() const {
  RegimeEncoderWeights weights = zero_weights(options);
  const auto parameters = named_parameters();
  visit_weights(weights, [&](const std::string& name, WeightArray& array) {
    array.values = nn::values_of(parameters[name]);
  });
  return weights;
}

}  // namespace regimetry::models
