#include "nn/kernels/differentiable/fused_attention.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <limits>
#include <vector>

#include "nn/kernels/differentiable/fixed_chunks.hpp"
#include "nn/kernels/differentiable/once.hpp"
#include "nn/kernels/differentiable/onednn_product.hpp"
#include "nn/kernels/differentiable/row_loops.hpp"

namespace regimetry::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr float kHidden = -std::numeric_limits<float>::infinity();

// Scores of one block of rows: at most this many, so that they and their gradients stay in the cache, but at
// least kLeastBlockRows rows, because products of few rows are slow.
constexpr std::int64_t kBlockScores = 32 * 1024, kLeastBlockRows = 16;

std::int64_t block_rows(std::int64_t keys) {
  return std::max(kLeastBlockRows, kBlockScores / keys);
}

// One head of a [B, H, rows, K] tensor: rows `stride` apart.
struct Head {
  float* values = nullptr;
  std::int64_t stride = 0;
  [[nodiscard]] float* row(std::int64_t i) const { return values + i * stride; }
};

Head head_of(const torch::Tensor& x, std::int64_t head) {
  const std::int64_t heads = x.size(1);
  const std::int64_t offset = head / heads * x.stride(0) + head % heads * x.stride(1);
  return {x.data_ptr<float>() + offset, x.stride(2)};
}

// The mask of one head; no values: no mask. Strides may be 0.
struct HeadMask {
  const float* values = nullptr;
  std::int64_t row_stride = 0;
};

HeadMask mask_of(const torch::Tensor& mask, std::int64_t head) {
  if (!mask.defined()) return {};
  const Head rows = head_of(mask, head);
  return {rows.values, rows.stride};
}

struct Sizes {
  std::int64_t heads = 0, rows = 0, keys = 0, width = 0;  // B * H, L, M, K
  float scale = 0.0F;
};

Sizes sizes_of(const torch::Tensor& query, const torch::Tensor& key) {
  const std::int64_t width = query.size(3);
  return {query.size(0) * query.size(1), query.size(2), key.size(2), width,
          static_cast<float>(1.0 / std::sqrt(static_cast<double>(width)))};
}

// scores [count, keys] = scale * query[first, ...] keyᵀ + mask
void score_rows(const Sizes& sizes, Head query, Head key, HeadMask mask, std::int64_t first,
                std::int64_t count, float* scores) {
  multiply_small(
      {.is_b_transposed = true, .m = count, .n = sizes.keys, .k = sizes.width, .alpha = sizes.scale},
      query.row(first), query.stride, key.values, key.stride, scores, sizes.keys);
  if (mask.values == nullptr) return;
  for (std::int64_t i = 0; i < count; ++i) {
    const float* const added = mask.values + (first + i) * mask.row_stride;
    for (std::int64_t j = 0; j < sizes.keys; ++j) scores[i * sizes.keys + j] += added[j];
  }
}

void exp_row(float* x, std::int64_t count, float shift) {
  for (std::int64_t j = 0; j < count; ++j) x[j] = exp_of_nonpositive(x[j] - shift);
}

void scale_row(float* x, std::int64_t count, float factor) {
  for (std::int64_t j = 0; j < count; ++j) x[j] *= factor;
}

// What a softmax divides by: exp(score - greatest) * share is the weight. A row that sees no key has the
// share 0, and 0 instead of its greatest score, -infinity.
struct SoftmaxTerms {
  float greatest = 0.0F, share = 0.0F;
};

// scores -> weights, in place.
SoftmaxTerms softmax_row(float* scores, std::int64_t count) {
  SoftmaxTerms terms;
  const float greatest = greatest_of_row(scores, count);
  if (greatest > kHidden || greatest != greatest) terms.greatest = greatest;
  exp_row(scores, count, terms.greatest);
  const float total = sum_row(count, [scores](std::int64_t j) { return scores[j]; });
  terms.share = total == 0.0F ? 0.0F : 1.0F / total;
  scale_row(scores, count, terms.share);
  return terms;
}

void weigh_row(float* scores, std::int64_t count, SoftmaxTerms terms) {
  exp_row(scores, count, terms.greatest);
  scale_row(scores, count, terms.share);
}

// weights and their gradient -> the gradient of the scores, in place of the latter.
void softmax_backward_row(const float* weights, float* gradient, std::int64_t count, float scale) {
  const float mean = sum_row(count, [=](std::int64_t j) { return weights[j] * gradient[j]; });
  for (std::int64_t j = 0; j < count; ++j) gradient[j] = weights[j] * (gradient[j] - mean) * scale;
}

// Memory of a thread for blocks of scores.
float* thread_scores(std::int64_t count) {
  thread_local std::vector<float> scores;
  if (static_cast<std::int64_t>(scores.size()) < count) scores.resize(static_cast<std::size_t>(count));
  return scores.data();
}

torch::Tensor empty_heads(const torch::Tensor& like) {
  return torch::empty({like.size(0), like.size(2), like.size(1), like.size(3)}, like.options())
      .transpose(1, 2);
}

// Terms [B * H, L] as pairs of floats.
SoftmaxTerms* terms_of(const torch::Tensor& terms, const Sizes& sizes, std::int64_t head) {
  return reinterpret_cast<SoftmaxTerms*>(terms.data_ptr<float>()) + head * sizes.rows;
}

struct Inputs {
  torch::Tensor query, key, value, mask;
};

// Rows first, ..., first + count - 1 of one head.
void attend_block(const Sizes& sizes, const Inputs& in, std::int64_t head, std::int64_t first,
                  std::int64_t count, const torch::Tensor& terms, const torch::Tensor& out) {
  float* const scores = thread_scores(count * sizes.keys);
  score_rows(sizes, head_of(in.query, head), head_of(in.key, head), mask_of(in.mask, head), first, count,
             scores);
  SoftmaxTerms* const kept = terms_of(terms, sizes, head) + first;
  for (std::int64_t i = 0; i < count; ++i) kept[i] = softmax_row(scores + i * sizes.keys, sizes.keys);
  const Head value = head_of(in.value, head), result = head_of(out, head);
  multiply_small({.m = count, .n = sizes.width, .k = sizes.keys}, scores, sizes.keys, value.values,
                 value.stride, result.row(first), result.stride);
}

void attend(const Sizes& sizes, const Inputs& in, const torch::Tensor& terms, const torch::Tensor& out) {
  const RowChunks blocks = {sizes.rows, block_rows(sizes.keys)};
  for_each_chunk(sizes.heads * blocks.count(), [&](std::int64_t chunk) {
    const std::int64_t head = chunk / blocks.count(), block = chunk % blocks.count();
    attend_block(sizes, in, head, blocks.begin(block), blocks.rows(block), terms, out);
  });
}

struct Gradients {
  torch::Tensor query, key, value;
};

// Adds what one block of rows gives to the gradients of one head's keys and values, and writes that of its
// queries.
void attend_block_backward(const Sizes& sizes, const Inputs& in, std::int64_t head, std::int64_t first,
                           std::int64_t count, const torch::Tensor& terms, Head d_out, const Gradients& out) {
  const Head query = head_of(in.query, head), key = head_of(in.key, head), value = head_of(in.value, head);
  float* const weights = thread_scores(2 * count * sizes.keys);
  float* const gradient = weights + count * sizes.keys;
  score_rows(sizes, query, key, mask_of(in.mask, head), first, count, weights);
  multiply_small({.is_b_transposed = true, .m = count, .n = sizes.keys, .k = sizes.width}, d_out.row(first),
                 d_out.stride, value.values, value.stride, gradient, sizes.keys);
  const SoftmaxTerms* const kept = terms_of(terms, sizes, head) + first;
  for (std::int64_t i = 0; i < count; ++i) {
    weigh_row(weights + i * sizes.keys, sizes.keys, kept[i]);
    softmax_backward_row(weights + i * sizes.keys, gradient + i * sizes.keys, sizes.keys, sizes.scale);
  }
  const Head d_query = head_of(out.query, head), d_key = head_of(out.key, head),
             d_value = head_of(out.value, head);
  multiply_small({.m = count, .n = sizes.width, .k = sizes.keys}, gradient, sizes.keys, key.values,
                 key.stride, d_query.row(first), d_query.stride);
  const SmallProduct to_keys = {.is_a_transposed = true,
                                .m = sizes.keys,
                                .n = sizes.width,
                                .k = count,
                                .beta = first == 0 ? 0.0F : 1.0F};
  multiply_small(to_keys, gradient, sizes.keys, query.row(first), query.stride, d_key.values, d_key.stride);
  multiply_small(to_keys, weights, sizes.keys, d_out.row(first), d_out.stride, d_value.values,
                 d_value.stride);
}

void attend_backward(const Sizes& sizes, const Inputs& in, const torch::Tensor& terms,
                     const torch::Tensor& d_out, const Gradients& out) {
  const RowChunks blocks = {sizes.rows, block_rows(sizes.keys)};
  for_each_chunk(sizes.heads, [&](std::int64_t head) {
    for (std::int64_t block = 0; block < blocks.count(); ++block)
      attend_block_backward(sizes, in, head, blocks.begin(block), blocks.rows(block), terms,
                            head_of(d_out, head), out);
  });
}

// Rows may lie anywhere, their elements side by side.
torch::Tensor with_dense_rows(const torch::Tensor& x) {
  return x.stride(3) == 1 || x.size(3) == 1 ? x : x.contiguous();
}

struct AttentionFunction : torch::autograd::Function<AttentionFunction> {
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& query, const torch::Tensor& key,
                               const torch::Tensor& value, const c10::optional<torch::Tensor>& mask) {
    const Inputs in = {query, key, value, mask.value_or(torch::Tensor())};
    const Sizes sizes = sizes_of(query, key);
    torch::Tensor terms = torch::empty({sizes.heads, sizes.rows, 2}, query.options());
    torch::Tensor out = empty_heads(query);
    attend(sizes, in, terms, out);
    context->save_for_backward({in.query, in.key, in.value, in.mask, terms});
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    require_first_derivative("fused_attention");
    const variable_list saved = context->get_saved_variables();
    const Inputs in = {saved[0], saved[1], saved[2], saved[3]};
    const Gradients out = {empty_heads(in.query), empty_heads(in.key), empty_heads(in.value)};
    attend_backward(sizes_of(in.query, in.key), in, saved[4], with_dense_rows(gradients[0]), out);
    return {out.query, out.key, out.value, {}};
  }
};

bool is_plain(const torch::Tensor& x) {
  return x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && x.numel() > 0;
}

bool is_ours(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value,
             const torch::Tensor& mask) {
  const bool has_plain_mask =
      !mask.defined() || (is_plain(mask) && !(at::GradMode::is_enabled() && mask.requires_grad()));
  return has_onednn() && is_plain(query) && is_plain(key) && is_plain(value) && has_plain_mask;
}

torch::Tensor libtorch_attention(const torch::Tensor& query, const torch::Tensor& key,
                                 const torch::Tensor& value, const torch::Tensor& mask) {
  const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(3)));
  torch::Tensor scores = torch::matmul(query * scale, key.transpose(2, 3));
  if (!mask.defined()) return torch::matmul(scores.softmax(-1), value);
  scores = scores + mask;
  const torch::Tensor is_blind = (mask == -std::numeric_limits<double>::infinity()).all(-1, /*keepdim=*/true);
  const torch::Tensor weights = scores.masked_fill(is_blind, 0.0).softmax(-1).masked_fill(is_blind, 0.0);
  return torch::matmul(weights, value);
}

void check_shapes(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value) {
  const bool fits = query.dim() == 4 && key.dim() == 4 && key.sizes() == value.sizes() &&
                    query.size(0) == key.size(0) && query.size(1) == key.size(1) &&
                    query.size(3) == key.size(3);
  TORCH_CHECK_VALUE(fits, "fused_attention: query ", query.sizes(), ", key ", key.sizes(), " and value ",
                    value.sizes(), " do not fit; expected [B, H, L, K], [B, H, M, K] and [B, H, M, K]");
}

}  // namespace

torch::Tensor fused_attention(const torch::Tensor& query, const torch::Tensor& key,
                              const torch::Tensor& value, const torch::Tensor& mask) {
  check_shapes(query, key, value);
  if (!is_ours(query, key, value, mask)) return libtorch_attention(query, key, value, mask);
  c10::optional<torch::Tensor> full_mask;
  if (mask.defined()) {
    const auto shape = {query.size(0), query.size(1), query.size(2), key.size(2)};
    // Rows side by side; what is the same for all rows, heads or windows is not multiplied.
    std::vector<std::int64_t> dense_shape(mask.sizes().begin(), mask.sizes().end());
    if (dense_shape.empty()) dense_shape.push_back(1);
    dense_shape.back() = key.size(2);
    full_mask = mask.detach().expand(dense_shape).contiguous().expand(shape);
  }
  return AttentionFunction::apply(with_dense_rows(query), with_dense_rows(key), with_dense_rows(value),
                                  full_mask);
}

}  // namespace regimetry::nn
