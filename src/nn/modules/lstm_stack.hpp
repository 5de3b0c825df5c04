// LSTM layers on top of one another, reading a window in one direction or in both.
//
// Letters: B batch, T rows, F inputs, S hidden size, R directions (1 or 2).
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/rng.hpp"

namespace regimetry::nn {

enum class LstmOutput {
  kLastStep,      // [B, R * S]: the state after the newest row; backwards, after the oldest
  kFullSequence,  // [B, T, R * S]: the states of all rows, forwards beside backwards
};

struct LstmStackOptions {
  std::int64_t input_size = 0;
  std::int64_t hidden_size = 64;
  std::int64_t layer_count = 1;
  // Reads the window in both directions. Only for whole windows of the past: a row then knows later ones.
  bool bidirectional = false;
  // Share of values between two layers set to zero while training; idle with one layer. Draws from libtorch's
  // generator, so a training run that must repeat seeds that generator too.
  double dropout = 0.0;
  LstmOutput output = LstmOutput::kLastStep;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// A step: i, f, o = sigmoid and g = tanh of W_ih x + b_ih + W_hh h + b_hh; c = f c + i g; h = o tanh(c).
// Parameters have the names, shapes and order of PyTorch's torch.nn.LSTM, so weights travel: weight_ih_l0
// [4 S, F], weight_hh_l0 [4 S, S], bias_ih_l0 and bias_hh_l0 [4 S], then the same with _reverse, then the
// next layer, _l1, which reads [R * S]. The rows of the gates come in the order i, f, g, o. Begins with
// zeros.
//
// A state without input decays into denormal numbers, which can cost a hundredfold: see
// flush_torch_denormals.hpp.
class LstmStackImpl : public torch::nn::Cloneable<LstmStackImpl> {
 public:
  // Throws Error (kUsage) listing the problems of the options.
  explicit LstmStackImpl(const LstmStackOptions& options);
  void reset() override;
  // First weights: Glorot-uniform per gate, zero biases except 1 for the forget gates, so that a fresh
  // network remembers. The parameter NAME draws from the stream "<prefix>.NAME".
  void initialize(const Rng& rng, std::string_view prefix);
  // x [B, T, F], T at least 1, oldest row first. The states begin with zeros.
  torch::Tensor forward(const torch::Tensor& x);

  LstmStackOptions options;

 private:
  [[nodiscard]] std::int64_t direction_count() const noexcept { return options.bidirectional ? 2 : 1; }
  void add_layer(std::int64_t layer, const char* suffix);
};
TORCH_MODULE(LstmStack);

}  // namespace regimetry::nn
