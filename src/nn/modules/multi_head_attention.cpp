#include "nn/modules/multi_head_attention.hpp"

#include "nn/modules/attend.hpp"
#include "nn/modules/require_usable.hpp"

namespace regimetry::nn {

std::vector<std::string> MultiHeadAttentionOptions::problems() const {
  ProblemList found;
  found.demand_positive("width", width);
  found.demand_positive("num_heads", num_heads);
  found.demand_positive("head_size", head_size);
  if (pattern.band) found.demand_positive("band", *pattern.band);
  found.demand_share("weight_dropout", weight_dropout);
  return found.take();
}

MultiHeadAttentionImpl::MultiHeadAttentionImpl(const MultiHeadAttentionOptions& options_in)
    : options(require_usable(options_in, "attention")) {
  reset();
}

void MultiHeadAttentionImpl::reset() {
  const std::int64_t heads_width = options.num_heads * options.head_size;
  query = register_module("query", Dense(options.width, heads_width));
  key = register_module("key", Dense(options.width, heads_width));
  value = register_module("value", Dense(options.width, heads_width));
  output = register_module("output", Dense(heads_width, options.width));
  if (options.recency == RecencyPenalty::kNone) return;
  recency =
      register_module("recency", RecencyBias(options.num_heads, options.recency == RecencyPenalty::kLearned));
}

// [B, T, H * K] -> [B, H, T, K]
torch::Tensor MultiHeadAttentionImpl::split_heads(const torch::Tensor& x_btw) const {
  return x_btw.view({x_btw.size(0), x_btw.size(1), options.num_heads, options.head_size}).transpose(1, 2);
}

torch::Tensor MultiHeadAttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& is_valid) {
  AttendExtras extras;
  extras.is_valid = is_valid;
  extras.dropout = is_training() ? options.weight_dropout : 0.0;
  if (recency) extras.bias = [this](IndexRange readers, IndexRange keys) { return recency(readers, keys); };
  const torch::Tensor heads_bhtk =
      attend(split_heads(query(x)), split_heads(key(x)), split_heads(value(x)), options.pattern, extras);
  return output(heads_bhtk.transpose(1, 2).flatten(2));  // [B, T, H * K] -> [B, T, D]
}

}  // namespace regimetry::nn
