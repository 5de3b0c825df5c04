// softmax(query keyᵀ / sqrt(K) + mask) value for training on a CPU: the scores of a block of rows are made,
// turned into weights and used while they are in the cache, forward and backward.
//
// Of the weights only one number per row is kept for the backward pass, which makes them again; so memory
// grows with L, not with L * L. float32 on a CPU only; everything else is left to libtorch. On a CPU values
// and gradients have the same bits on any number of threads.
#pragma once

#include <torch/types.h>

namespace regimetry::nn {

// query [B, H, L, K], key and value [B, H, M, K] -> [B, H, L, K], which lies in memory as [B, L, H, K] so
// that joining the heads is a view; the same of inputs avoids copies. `mask`, added to the scores, is
// broadcastable to [B, H, L, M]: -infinity hides a key, and a row that sees no key gets zeros. A mask with a
// gradient takes libtorch's way. Differentiable once. The backward pass works on B * H heads at a time.
[[nodiscard]] torch::Tensor fused_attention(const torch::Tensor& query, const torch::Tensor& key,
                                            const torch::Tensor& value, const torch::Tensor& mask = {});

}  // namespace regimetry::nn
