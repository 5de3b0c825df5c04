// Attention itself: each row becomes an average of the values of the rows it may read, weighted by a softmax
// of query times key.
//
// Letters: B batch, H heads, T rows, K head size.
#pragma once

#include <torch/types.h>

#include <functional>

#include "nn/modules/attention_pattern.hpp"

namespace regimetry::nn {

struct AttendExtras {
  // [B, T] booleans, false for padding, which no row reads; undefined: all rows count.
  torch::Tensor is_valid = {};
  // Added to the scores before the softmax, [H, readers, keys] or broadcastable to it; empty: nothing.
  std::function<torch::Tensor(IndexRange readers, IndexRange keys)> bias = {};
  // Share of the softmax's weights set to zero, drawn from libtorch's generator.
  double dropout = 0.0;
};

// query, key, value [B, H, T, K] -> [B, H, T, K]. Scores are divided by sqrt(K). A row with no row to read
// gets zeros. With a band the rows are worked off in blocks, each beside the keys in its reach, so that
// nothing of size T * T exists; without one the scores are [B, H, T, T].
[[nodiscard]] torch::Tensor attend(const torch::Tensor& query, const torch::Tensor& key,
                                   const torch::Tensor& value, const AttentionPattern& pattern = {},
                                   const AttendExtras& extras = {});

}  // namespace regimetry::nn
