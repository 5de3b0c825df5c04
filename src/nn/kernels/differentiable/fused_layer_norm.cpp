#include "nn/kernels/differentiable/fused_layer_norm.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "nn/kernels/differentiable/fixed_chunks.hpp"
#include "nn/kernels/differentiable/once.hpp"
#include "nn/kernels/differentiable/row_loops.hpp"
#include "nn/kernels/differentiable/sum_parts.hpp"

namespace regimetry::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows that one part of the gradients of weight and bias sums over.
constexpr std::int64_t kTileRows = 256, kLeastTileRows = 16;

struct RowMoments {
  float mean = 0.0F, inverse_deviation = 0.0F;
};

RowMoments moments_of(const float* x, std::int64_t width, float epsilon) {
  const auto count = static_cast<float>(width);
  const float mean = sum_row(width, [x](std::int64_t i) { return x[i]; }) / count;
  const float squares = sum_row(width, [x, mean](std::int64_t i) { return (x[i] - mean) * (x[i] - mean); });
  return {mean, 1.0F / std::sqrt(squares / count + epsilon)};
}

void normalize_row(const float* x, std::int64_t width, RowMoments moments, const float* weight,
                   const float* bias, const float* residual, float* y) {
  const float mean = moments.mean, scale = moments.inverse_deviation;
  if (residual == nullptr) {
    for (std::int64_t i = 0; i < width; ++i) y[i] = (x[i] - mean) * scale * weight[i] + bias[i];
    return;
  }
  for (std::int64_t i = 0; i < width; ++i) y[i] = (x[i] - mean) * scale * weight[i] + bias[i] + residual[i];
}

// With s = (x - mean) / deviation and g = dy * weight: dx = (g - mean(g) - s mean(g s)) / deviation.
void normalize_row_backward(const float* x, const float* dy, std::int64_t width, RowMoments moments,
                            const float* weight, float* dx) {
  const float mean = moments.mean, scale = moments.inverse_deviation;
  const auto count = static_cast<float>(width);
  const float mean_g = sum_row(width, [=](std::int64_t i) { return dy[i] * weight[i]; }) / count;
  const float mean_gs =
      sum_row(width, [=](std::int64_t i) { return dy[i] * weight[i] * ((x[i] - mean) * scale); }) / count;
  for (std::int64_t i = 0; i < width; ++i)
    dx[i] = scale * (dy[i] * weight[i] - mean_g - (x[i] - mean) * scale * mean_gs);
}

void add_row_to_parameters(const float* x, const float* dy, std::int64_t width, RowMoments moments,
                           float* d_weight, float* d_bias) {
  const float mean = moments.mean, scale = moments.inverse_deviation;
  for (std::int64_t i = 0; i < width; ++i) {
    d_weight[i] += dy[i] * ((x[i] - mean) * scale);
    d_bias[i] += dy[i];
  }
}

RowMoments* moments_in(const torch::Tensor& moments) {
  return reinterpret_cast<RowMoments*>(moments.data_ptr<float>());
}

// x, residual and y [rows, width] contiguous; moments [rows, 2]
void normalize(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias, float epsilon,
               const torch::Tensor& residual, const torch::Tensor& moments, const torch::Tensor& y) {
  const std::int64_t width = x.size(1);
  const RowChunks tiles = cut_rows(x.size(0), kTileRows, kLeastTileRows);
  const float* const added = residual.defined() ? residual.data_ptr<float>() : nullptr;
  for_each_chunk(tiles.count(), [&](std::int64_t tile) {
    for (std::int64_t row = tiles.begin(tile); row < tiles.begin(tile) + tiles.rows(tile); ++row) {
      const std::int64_t at = row * width;
      const RowMoments found = moments_of(x.data_ptr<float>() + at, width, epsilon);
      moments_in(moments)[row] = found;
      normalize_row(x.data_ptr<float>() + at, width, found, weight.data_ptr<float>(), bias.data_ptr<float>(),
                    added == nullptr ? nullptr : added + at, y.data_ptr<float>() + at);
    }
  });
}

// parts [tiles, 2, width] receives the sums for weight and bias, tile by tile.
void normalize_backward(const torch::Tensor& x, const torch::Tensor& dy, const torch::Tensor& weight,
                        const torch::Tensor& moments, RowChunks tiles, const torch::Tensor& parts,
                        const torch::Tensor& dx) {
  const std::int64_t width = x.size(1);
  for_each_chunk(tiles.count(), [&](std::int64_t tile) {
    float* const d_weight = parts.data_ptr<float>() + 2 * tile * width;
    for (std::int64_t row = tiles.begin(tile); row < tiles.begin(tile) + tiles.rows(tile); ++row) {
      const float* const values = x.data_ptr<float>() + row * width;
      const float* const gradient = dy.data_ptr<float>() + row * width;
      const RowMoments found = moments_in(moments)[row];
      normalize_row_backward(values, gradient, width, found, weight.data_ptr<float>(),
                             dx.data_ptr<float>() + row * width);
      add_row_to_parameters(values, gradient, width, found, d_weight, d_weight + width);
    }
  });
  float* const total = parts.data_ptr<float>();
  add_parts(total + 2 * width, tiles.count() - 1, 2 * width, 0, 2 * width, total);
}

struct LayerNormFunction : torch::autograd::Function<LayerNormFunction> {
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, const torch::Tensor& weight,
                               const torch::Tensor& bias, double epsilon,
                               const c10::optional<torch::Tensor>& residual) {
    torch::Tensor moments = torch::empty({x.size(0), 2}, x.options());
    torch::Tensor y = torch::empty_like(x);
    normalize(x, weight, bias, static_cast<float>(epsilon), residual.value_or(torch::Tensor()), moments, y);
    context->save_for_backward({x, weight, moments});
    context->saved_data["has_residual"] = residual.has_value();
    return y;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    require_first_derivative("fused_layer_norm");
    const variable_list saved = context->get_saved_variables();
    const torch::Tensor &x = saved[0], &weight = saved[1], &moments = saved[2];
    const torch::Tensor dy = gradients[0].contiguous();
    const RowChunks tiles = cut_rows(x.size(0), kTileRows, kLeastTileRows);
    torch::Tensor parts = torch::zeros({tiles.count(), 2, x.size(1)}, x.options());
    torch::Tensor dx = torch::empty_like(x);
    normalize_backward(x, dy, weight, moments, tiles, parts, dx);
    const torch::Tensor residual = context->saved_data["has_residual"].toBool() ? dy : torch::Tensor();
    return {dx, parts[0][0].clone(), parts[0][1].clone(), {}, residual};
  }
};

bool is_plain(const torch::Tensor& x) {
  return !x.defined() || (x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && x.numel() > 0);
}

}  // namespace

torch::Tensor fused_layer_norm(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                               double epsilon, const torch::Tensor& residual) {
  TORCH_CHECK_VALUE(!residual.defined() || residual.sizes() == x.sizes(), "fused_layer_norm: residual ",
                    residual.defined() ? residual.sizes() : at::IntArrayRef(), " is not shaped as x ",
                    x.sizes());
  if (!is_plain(x) || !is_plain(weight) || !is_plain(bias) || !is_plain(residual)) {
    const torch::Tensor y = torch::layer_norm(x, {x.size(-1)}, weight, bias, epsilon);
    return residual.defined() ? y + residual : y;
  }
  const auto as_rows = [&x](const torch::Tensor& tensor) {
    return tensor.reshape({-1, x.size(-1)}).contiguous();
  };
  c10::optional<torch::Tensor> added;
  if (residual.defined()) added = as_rows(residual);
  return LayerNormFunction::apply(as_rows(x), weight.contiguous(), bias.contiguous(), epsilon, added)
      .view(x.sizes());
}

}  // namespace regimetry::nn
