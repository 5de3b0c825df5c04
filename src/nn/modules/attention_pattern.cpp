#include "nn/modules/attention_pattern.hpp"

#include <algorithm>

namespace regimetry::nn {

std::optional<std::int64_t> AttentionPattern::least_lag() const noexcept {
  if (look_ahead_mask) return 0;
  if (band) return -*band;
  return {};
}

std::optional<std::int64_t> AttentionPattern::largest_lag() const noexcept {
  if (!band) return {};
  return look_ahead_mask ? *band - 1 : *band;
}

IndexRange AttentionPattern::reach_of(IndexRange readers, std::int64_t row_count) const noexcept {
  const auto largest = largest_lag(), least = least_lag();
  return {largest ? std::max<std::int64_t>(0, readers.begin - *largest) : 0,
          least ? std::min(row_count, readers.end - *least) : row_count};
}

bool AttentionPattern::allows_all(IndexRange readers, IndexRange keys) const noexcept {
  const auto largest = largest_lag(), least = least_lag();
  return (!largest || readers.end - 1 - keys.begin <= *largest) &&
         (!least || readers.begin - (keys.end - 1) >= *least);
}

torch::Tensor AttentionPattern::allowed(IndexRange readers, IndexRange keys, torch::Device device) const {
  const torch::Tensor lag = lags(readers, keys, device);
  torch::Tensor allowed = torch::ones_like(lag, torch::kBool);
  if (const auto largest = largest_lag()) allowed = allowed & (lag <= *largest);
  if (const auto least = least_lag()) allowed = allowed & (lag >= *least);
  return allowed;
}

torch::Tensor lags(IndexRange readers, IndexRange keys, torch::Device device) {
  const auto options = torch::TensorOptions(torch::kInt64).device(device);
  return torch::arange(readers.begin, readers.end, options).unsqueeze(1) -
         torch::arange(keys.begin, keys.end, options).unsqueeze(0);
}

}  // namespace regimetry::nn
