#include "nn/modules/recency_bias.hpp"

#include <cmath>

#include "nn/modules/attention_pattern.hpp"

namespace regimetry::nn {

RecencyBiasImpl::RecencyBiasImpl(std::int64_t num_heads, bool is_learned)
    : num_heads_(num_heads), is_learned_(is_learned) {
  reset();
}

void RecencyBiasImpl::reset() {
  const double step = -8.0 * std::log(2.0) / static_cast<double>(num_heads_);
  const torch::Tensor first = torch::arange(1, num_heads_ + 1, torch::kFloat32) * step;
  log_slope = is_learned_ ? register_parameter("log_slope", first) : register_buffer("log_slope", first);
}

torch::Tensor RecencyBiasImpl::forward(IndexRange readers, IndexRange keys) {
  const torch::Tensor distance = lags(readers, keys, log_slope.device()).abs().to(log_slope.scalar_type());
  return log_slope.exp().neg().view({num_heads_, 1, 1}) * distance;
}

}  // namespace regimetry::nn
