// Tells a network where in its window a row stands, by adding a vector per position.
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace regimetry::nn {

// Fixed waves (nn/sinusoidal_positions.hpp); no parameters.
class SinusoidalEncodingImpl : public torch::nn::Cloneable<SinusoidalEncodingImpl> {
 public:
  // For windows of up to `length` rows. Stacked waves (not interleaved) need an even width.
  SinusoidalEncodingImpl(std::int64_t length, std::int64_t width, bool is_interleaved);
  void reset() override;
  // [B, T, D] -> [B, T, D], T at most `length`
  torch::Tensor forward(const torch::Tensor& x);

  torch::Tensor table;  // [length, D], a buffer

 private:
  std::int64_t length_, width_;
  bool is_interleaved_;
};
TORCH_MODULE(SinusoidalEncoding);

// One learned vector per position. Begins with zeros.
class LearnedEncodingImpl : public torch::nn::Cloneable<LearnedEncodingImpl> {
 public:
  LearnedEncodingImpl(std::int64_t length, std::int64_t width);
  void reset() override;
  // [B, T, D] -> [B, T, D], T at most `length`
  torch::Tensor forward(const torch::Tensor& x);

  torch::Tensor weight;  // [length, D]

 private:
  std::int64_t length_, width_;
};
TORCH_MODULE(LearnedEncoding);

}  // namespace regimetry::nn
