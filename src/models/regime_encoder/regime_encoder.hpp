// The trainable regime encoder: windows to embeddings, with gradients, on whatever device. The reference that
// the rows engine and exported graphs are held against.
//
// Letters: B windows, L rows per window, F features, D width.
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>

#include "models/regime_encoder/encoder_options.hpp"
#include "models/regime_encoder/encoder_weights.hpp"
#include "nn/modules/dense.hpp"
#include "nn/modules/encoder_block.hpp"
#include "nn/modules/pooling.hpp"
#include "nn/modules/positional_encoding.hpp"

namespace regimetry::models {

// named_parameters() has the names, shapes and order of visit_weights(). Dropout acts in training mode only,
// in which modules begin: call eval() before embedding. It draws from libtorch's generator, so a training run
// that must repeat seeds that generator too; first weights never come from it.
class RegimeEncoderImpl : public torch::nn::Cloneable<RegimeEncoderImpl> {
 public:
  // Throws Error (kUsage) listing the problems of the options. All weights are zero.
  explicit RegimeEncoderImpl(const RegimeEncoderOptions& options);
  // With these weights, copied.
  explicit RegimeEncoderImpl(const RegimeEncoderWeights& weights);
  void reset() override;

  // windows [B, L, F] -> embeddings [B, D]. is_valid [B, L] booleans, false for padding, which is neither
  // read by attention nor pooled, whatever stands in it; undefined: all rows count. Throws Error (kData) for
  // another shape or a window without a valid row.
  torch::Tensor forward(const torch::Tensor& windows, const torch::Tensor& is_valid = {});

  // Copies the numbers in, to the device of the module. Throws Error (kUsage) unless they are of the same
  // options.
  void load_weights(const RegimeEncoderWeights& weights);
  // Copies them out.
  [[nodiscard]] RegimeEncoderWeights copy_weights() const;

  RegimeEncoderOptions options;
  nn::Dense projection{nullptr};          // empty without a projection
  nn::SinusoidalEncoding waves{nullptr};  // one of these two
  nn::LearnedEncoding position{nullptr};
  torch::nn::ModuleList blocks{nullptr};            // of nn::EncoderBlock
  nn::AttentionPooling attention_pooling{nullptr};  // empty for other poolings

 private:
  torch::Tensor encoder_input(const torch::Tensor& windows);
  torch::Tensor pool(const torch::Tensor& x, const torch::Tensor& is_valid);
};
TORCH_MODULE(RegimeEncoder);

}  // namespace regimetry::models
