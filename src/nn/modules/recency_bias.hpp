// A penalty on scores that grows with distance: near rows weigh more, each head with a slope of its own
// (attention with linear biases, Press et al. 2022).
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

#include "core/parallel.hpp"

namespace regimetry::nn {

enum class RecencyPenalty {
  kNone,
  kFixed,    // the slopes below, for good
  kLearned,  // the slopes below to begin with
};

// Head h of H has the slope 2^(-8 (h + 1) / H): the first heads look near, the last ones far. The parameter
// is the slope's logarithm, so that no step of training makes a penalty a reward.
class RecencyBiasImpl : public torch::nn::Cloneable<RecencyBiasImpl> {
 public:
  RecencyBiasImpl(std::int64_t num_heads, bool is_learned);
  void reset() override;
  // [H, readers, keys]: minus slope times distance.
  torch::Tensor forward(IndexRange readers, IndexRange keys);

  torch::Tensor log_slope;  // [H], a parameter when learned, else a buffer

 private:
  std::int64_t num_heads_;
  bool is_learned_;
};
TORCH_MODULE(RecencyBias);

}  // namespace regimetry::nn
