#include "nn/modules/attend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "nn/kernels/differentiable/fused_attention.hpp"

namespace regimetry::nn {
namespace {

// Rows of a block under a band. Blocks as long as the band waste a third of their scores on pairs out of
// reach, longer ones more; short ones make many small products.
constexpr std::int64_t kLeastBlockRows = 64;

// Far below every score and finite, also in bfloat16: a row of nothing else has a softmax without NaN.
constexpr double kHiddenScore = -3e38;

torch::Tensor rows_of(const torch::Tensor& x_bhtk, IndexRange rows) {
  return x_bhtk.slice(2, rows.begin, rows.end);
}

// Broadcastable to [B, H, readers, keys]; undefined when every row reads every other.
torch::Tensor allowed_pairs(IndexRange readers, IndexRange keys, const AttentionPattern& pattern,
                            const AttendExtras& extras, torch::Device device) {
  torch::Tensor allowed;
  if (!pattern.allows_all(readers, keys)) allowed = pattern.allowed(readers, keys, device);
  if (!extras.is_valid.defined()) return allowed;
  const torch::Tensor valid_b11k = extras.is_valid.slice(1, keys.begin, keys.end).unsqueeze(1).unsqueeze(1);
  return allowed.defined() ? valid_b11k & allowed : valid_b11k;
}

torch::Tensor softmax_of_allowed(const torch::Tensor& scores, const torch::Tensor& allowed,
                                 bool may_lack_keys) {
  if (!allowed.defined()) return scores.softmax(-1);
  const torch::Tensor hidden = allowed.logical_not();
  const torch::Tensor weights = scores.masked_fill(hidden, kHiddenScore).softmax(-1);
  // Hidden keys have weight 0 already, except in rows that see none, where all weigh the same.
  return may_lack_keys ? weights.masked_fill(hidden, 0.0) : weights;
}

// Added to the scores: minus infinity where a row may not read, and the bias; undefined when neither is
// there.
torch::Tensor additive_mask(const torch::Tensor& allowed, const torch::Tensor& bias) {
  if (!allowed.defined()) return bias;
  constexpr double kNever = -std::numeric_limits<double>::infinity();
  const torch::Tensor zeros =
      bias.defined() ? bias : torch::zeros({}, allowed.options().dtype(torch::kFloat32));
  return zeros.masked_fill(allowed.logical_not(), kNever);
}

torch::Tensor attend_block(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value,
                           IndexRange readers, const AttentionPattern& pattern, const AttendExtras& extras) {
  const IndexRange keys = pattern.reach_of(readers, key.size(2));
  const torch::Tensor bias = extras.bias ? extras.bias(readers, keys) : torch::Tensor();
  const torch::Tensor allowed = allowed_pairs(readers, keys, pattern, extras, query.device());
  if (extras.dropout == 0.0) {
    return fused_attention(rows_of(query, readers), rows_of(key, keys), rows_of(value, keys),
                           additive_mask(allowed, bias));
  }
  const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(3)));
  torch::Tensor scores = torch::matmul(rows_of(query, readers) * scale, rows_of(key, keys).transpose(2, 3));
  if (bias.defined()) scores = scores + bias;
  const torch::Tensor weights = softmax_of_allowed(scores, allowed, extras.is_valid.defined());
  return torch::matmul(torch::dropout(weights, extras.dropout, /*train=*/true), rows_of(value, keys));
}

}  // namespace

torch::Tensor attend(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value,
                     const AttentionPattern& pattern, const AttendExtras& extras) {
  const std::int64_t row_count = query.size(2);
  if (!pattern.band) return attend_block(query, key, value, {0, row_count}, pattern, extras);
  const std::int64_t block_rows = std::max(kLeastBlockRows, *pattern.band);
  if (row_count <= block_rows) return attend_block(query, key, value, {0, row_count}, pattern, extras);
  std::vector<torch::Tensor> blocks;
  for (std::int64_t begin = 0; begin < row_count; begin += block_rows) {
    const IndexRange readers = {begin, std::min(begin + block_rows, row_count)};
    blocks.push_back(attend_block(query, key, value, readers, pattern, extras));
  }
  return torch::cat(blocks, 2);
}

}  // namespace regimetry::nn
