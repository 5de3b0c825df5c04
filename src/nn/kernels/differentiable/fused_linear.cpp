#include "nn/kernels/differentiable/fused_linear.hpp"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/nn/functional/activation.h>

#include <limits>

#include "nn/kernels/differentiable/fixed_chunks.hpp"
#include "nn/kernels/differentiable/once.hpp"
#include "nn/kernels/differentiable/onednn_product.hpp"
#include "nn/kernels/differentiable/sum_parts.hpp"

namespace regimetry::nn {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows that one call of oneDNN multiplies: enough to pay for laying out the other factor anew, few enough to
// stay in the cache and to share out.
constexpr std::int64_t kTileRows = 256, kLeastTileRows = 64;
// With few rows the columns are cut as well.
constexpr std::int64_t kFewTiles = 4, kTileColumns = 256;
// Rows that one part of a weight's gradient sums over, at least.
constexpr std::int64_t kLeastSumRows = 480;

RowChunks tiles_of(std::int64_t row_count) {
  return cut_rows(row_count, kTileRows, kLeastTileRows);
}

const void* element(const torch::Tensor& x, std::int64_t offset) {
  return static_cast<const char*>(x.data_ptr()) + offset * static_cast<std::int64_t>(x.element_size());
}

// c = activation(a b + bias), cut into tiles.
void multiply_tiles(const Product& whole, const torch::Tensor& a, const torch::Tensor& b, const float* bias,
                    float* c) {
  const RowChunks rows = tiles_of(whole.m);
  const bool has_few_rows = rows.count() < kFewTiles;
  const RowChunks columns = {whole.n, has_few_rows ? std::min(kTileColumns, whole.n) : whole.n};
  for_each_chunk(rows.count() * columns.count(), [&](std::int64_t tile) {
    const std::int64_t i = tile % rows.count(), j = tile / rows.count();
    const std::int64_t row = rows.begin(i), column = columns.begin(j);
    Product part = whole;
    part.m = rows.rows(i);
    part.n = columns.rows(j);
    multiply(part, element(a, row * whole.a.row), element(b, column * whole.b.column),
             bias == nullptr ? nullptr : bias + column, c + row * whole.c_stride + column);
  });
}

Product product_of(std::int64_t m, std::int64_t n, std::int64_t k, const torch::Tensor& factor) {
  return {.m = m, .n = n, .k = k, .c_stride = n, .is_bfloat16 = factor.scalar_type() == torch::kBFloat16};
}

// x [m, k], weight [n, k], bias [n] or undefined -> [m, n]
torch::Tensor product_forward(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                              Activation activation) {
  const std::int64_t m = x.size(0), n = weight.size(0), k = weight.size(1);
  torch::Tensor y = torch::empty({m, n}, x.options().dtype(torch::kFloat32));
  Product product = product_of(m, n, k, x);
  product.a = {k, 1};
  product.b = {1, k};
  product.has_bias = bias.defined();
  product.activation = activation;
  const torch::Tensor dense_bias = bias.defined() ? bias.contiguous() : bias;
  multiply_tiles(product, x, weight, bias.defined() ? dense_bias.data_ptr<float>() : nullptr,
                 y.data_ptr<float>());
  return y;
}

// dz [m, n], weight [n, k] -> dx [m, k]
torch::Tensor product_dx(const torch::Tensor& dz, const torch::Tensor& weight) {
  const std::int64_t m = dz.size(0), n = weight.size(0), k = weight.size(1);
  torch::Tensor dx = torch::empty({m, k}, dz.options().dtype(torch::kFloat32));
  Product product = product_of(m, k, n, dz);
  product.a = {n, 1};
  product.b = {k, 1};
  multiply_tiles(product, dz, weight, nullptr, dx.data_ptr<float>());
  return dx;
}

// parts[0] += parts[1] + parts[2] + ...; parts [count, width]
void gather_parts(const torch::Tensor& parts) {
  const std::int64_t width = parts[0].numel();
  constexpr std::int64_t kGrain = 1 << 14;
  float* const total = parts.data_ptr<float>();
  at::parallel_for(0, width, kGrain, [&](std::int64_t begin, std::int64_t end) {
    add_parts(total + width, parts.size(0) - 1, width, begin, end, total);
  });
}

// dz [m, n], x [m, k] -> dweight [n, k] = dzᵀ x, summed in parts over m.
torch::Tensor product_dweight(const torch::Tensor& dz, const torch::Tensor& x) {
  const std::int64_t m = dz.size(0), n = dz.size(1), k = x.size(1);
  const auto options = dz.options().dtype(torch::kFloat32);
  Product product = product_of(n, k, m, dz);
  product.a = {1, n};
  product.b = {k, 1};
  const RowChunks chunks = cut_rows(m, std::numeric_limits<std::int64_t>::max(), kLeastSumRows);
  if (chunks.count() == 1) {
    torch::Tensor dweight = torch::empty({n, k}, options);
    multiply_tiles(product, dz, x, nullptr, dweight.data_ptr<float>());
    return dweight;
  }
  torch::Tensor parts = torch::empty({chunks.count(), n, k}, options);
  for_each_chunk(chunks.count(), [&](std::int64_t chunk) {
    const std::int64_t row = chunks.begin(chunk);
    Product part = product;
    part.k = chunks.rows(chunk);
    multiply(part, element(dz, row * n), element(x, row * k), nullptr,
             parts.data_ptr<float>() + chunk * n * k);
  });
  gather_parts(parts);
  return parts[0].clone();  // lets the other parts go
}

void add_column_sums(const float* values, std::int64_t rows, std::int64_t width, float* sums) {
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t i = 0; i < width; ++i) sums[i] += values[row * width + i];
  }
}

// dbias [n] of dz [m, n]
torch::Tensor column_sums(const torch::Tensor& dz) {
  const RowChunks chunks = tiles_of(dz.size(0));
  const std::int64_t width = dz.size(1);
  torch::Tensor parts = torch::zeros({chunks.count(), width}, dz.options());
  for_each_chunk(chunks.count(), [&](std::int64_t chunk) {
    add_column_sums(dz.data_ptr<float>() + chunks.begin(chunk) * width, chunks.rows(chunk), width,
                    parts.data_ptr<float>() + chunk * width);
  });
  gather_parts(parts);
  return parts[0].clone();
}

// The gradient before the activation. `kept` is the output for ReLU and what went into GELU.
torch::Tensor before_activation(const torch::Tensor& dy, const torch::Tensor& kept, Activation activation) {
  switch (activation) {
    case Activation::kRelu:
      return torch::threshold_backward(dy, kept, 0.0);
    case Activation::kGelu:
      return torch::gelu_backward(dy, kept);
    case Activation::kNone:
      break;
  }
  return dy;
}

torch::Tensor in_precision(const torch::Tensor& x, bool is_rounded) {
  return is_rounded ? x.to(torch::kBFloat16) : x;
}

struct LinearFunction : torch::autograd::Function<LinearFunction> {
  // x [m, k] and weight [n, k] contiguous
  static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, const torch::Tensor& weight,
                               const c10::optional<torch::Tensor>& bias, Activation activation,
                               bool is_rounded) {
    const torch::Tensor left = in_precision(x, is_rounded), right = in_precision(weight, is_rounded);
    // GELU's gradient needs what went in, so the two cannot be fused here.
    const bool is_split = activation == Activation::kGelu;
    torch::Tensor y = product_forward(left, right, bias.value_or(torch::Tensor()),
                                      is_split ? Activation::kNone : activation);
    torch::Tensor kept = is_split ? y : torch::Tensor();
    if (is_split) y = torch::gelu(y);
    if (activation == Activation::kRelu) kept = y;
    context->save_for_backward({left, right, kept});
    context->saved_data["activation"] = static_cast<std::int64_t>(activation);
    context->saved_data["has_bias"] = bias.has_value();
    return y;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    require_first_derivative("fused_linear");
    const variable_list saved = context->get_saved_variables();
    const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
    const torch::Tensor& x = saved[0];
    const torch::Tensor dz = before_activation(gradients[0].contiguous(), saved[2], activation);
    const torch::Tensor factor = in_precision(dz, x.scalar_type() == torch::kBFloat16);
    variable_list results(5);
    if (context->needs_input_grad(0)) results[0] = product_dx(factor, saved[1]);
    if (context->needs_input_grad(1)) results[1] = product_dweight(factor, x);
    if (context->saved_data["has_bias"].toBool()) results[2] = column_sums(dz);
    return results;
  }
};

bool is_plain(const torch::Tensor& x) {
  return !x.defined() || (x.device().is_cpu() && x.scalar_type() == torch::kFloat32);
}

bool records_gradients(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
  return at::GradMode::is_enabled() &&
         (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
}

torch::Tensor libtorch_linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                              Activation activation, bool is_rounded) {
  if (!is_rounded) return activate(torch::linear(x, weight, bias), activation);
  const torch::Tensor left = x.to(torch::kBFloat16), right = weight.to(torch::kBFloat16);
  // Only the GPU adds products of bfloat16 in float32; there the result is rounded once more.
  torch::Tensor product = x.is_cuda() ? torch::linear(left, right).to(x.scalar_type())
                                      : torch::linear(left.to(x.scalar_type()), right.to(x.scalar_type()));
  if (bias.defined()) product = product + bias;
  return activate(product, activation);
}

}  // namespace

torch::Tensor fused_linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                           Activation activation, ProductPrecision precision) {
  const bool is_rounded = precision == ProductPrecision::kBfloat16;
  const bool is_ours = is_plain(x) && is_plain(weight) && is_plain(bias) && x.numel() > 0 &&
                       weight.numel() > 0 && (is_rounded ? has_onednn_bfloat16() : has_onednn());
  if (!is_ours) return libtorch_linear(x, weight, bias, activation, is_rounded);
  TORCH_CHECK_VALUE(weight.dim() == 2 && x.dim() >= 1 && x.size(-1) == weight.size(1), "fused_linear: x ",
                    x.sizes(), " cannot be multiplied by weight ", weight.sizes());
  TORCH_CHECK_VALUE(!bias.defined() || (bias.dim() == 1 && bias.size(0) == weight.size(0)),
                    "fused_linear: bias ", bias.defined() ? bias.sizes() : at::IntArrayRef(),
                    " does not fit weight ", weight.sizes());
  std::vector<std::int64_t> shape = x.sizes().vec();
  shape.back() = weight.size(0);
  const torch::Tensor rows = x.reshape({-1, x.size(-1)}).contiguous();
  if (!records_gradients(x, weight, bias)) {
    return product_forward(in_precision(rows, is_rounded), in_precision(weight.contiguous(), is_rounded),
                           bias, activation)
        .view(shape);
  }
  c10::optional<torch::Tensor> given_bias;
  if (bias.defined()) given_bias = bias;
  return LinearFunction::apply(rows, weight.contiguous(), given_bias, activation, is_rounded).view(shape);
}

}  // namespace regimetry::nn
