#include "nn/kernels/differentiable/gradient_check.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

namespace regimetry::nn {
namespace {

torch::Tensor normals(at::IntArrayRef shape, std::uint64_t seed, torch::ScalarType type = torch::kFloat32) {
  return torch::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed)).to(type);
}

// Fresh leaves with the same values and strides.
Tensors leaves_of(const Tensors& inputs, torch::ScalarType type) {
  Tensors leaves;
  for (const torch::Tensor& input : inputs) {
    if (!input.defined()) {
      leaves.emplace_back();
      continue;
    }
    leaves.push_back(input.detach().to(type).set_requires_grad(input.requires_grad()));
  }
  return leaves;
}

void expect_close(const torch::Tensor& ours, const torch::Tensor& reference, double tolerance,
                  const std::string& what) {
  ASSERT_EQ(ours.defined(), reference.defined()) << what;
  if (!ours.defined() || ours.numel() == 0) return;
  ASSERT_EQ(ours.sizes(), reference.sizes()) << what;
  const double scale = std::max(1e-30, reference.abs().max().item<double>());
  const double distance = (ours.to(torch::kFloat64) - reference).abs().max().item<double>();
  EXPECT_LE(distance, tolerance * scale) << what << ", greatest " << scale;
}

}  // namespace

ValueAndGradients value_and_gradients(const TensorFunction& function, const Tensors& inputs) {
  ValueAndGradients result;
  result.value = function(inputs);
  if (result.value.requires_grad())
    result.value.backward(normals(result.value.sizes(), 99, result.value.scalar_type()));
  for (const torch::Tensor& input : inputs)
    result.gradients.push_back(input.defined() && input.requires_grad() ? input.grad() : torch::Tensor());
  return result;
}

torch::Tensor random_leaf(at::IntArrayRef shape, std::uint64_t seed) {
  return normals(shape, seed).set_requires_grad(true);
}

void expect_same_function(const TensorFunction& ours, const TensorFunction& reference, const Tensors& inputs,
                          double tolerance) {
  const ValueAndGradients got = value_and_gradients(ours, leaves_of(inputs, torch::kFloat32));
  const ValueAndGradients expected = value_and_gradients(reference, leaves_of(inputs, torch::kFloat64));
  expect_close(got.value, expected.value, tolerance, "value");
  for (std::size_t i = 0; i < inputs.size(); ++i)
    expect_close(got.gradients[i], expected.gradients[i], tolerance,
                 "gradient of input " + std::to_string(i));
}

void expect_slope(const TensorFunction& function, const Tensors& inputs, double step, double tolerance) {
  const Tensors leaves = leaves_of(inputs, torch::kFloat32);
  const ValueAndGradients at = value_and_gradients(function, leaves);
  const torch::NoGradGuard no_gradients;
  const torch::Tensor weights = normals(at.value.sizes(), 99, torch::kFloat64);
  const auto value_at = [&](double distance) {
    Tensors moved = leaves;
    for (std::size_t i = 0; i < moved.size(); ++i) {
      if (at.gradients[i].defined()) moved[i] = moved[i] + distance * normals(moved[i].sizes(), 7 + i);
    }
    return (function(moved).to(torch::kFloat64) * weights).sum().item<double>();
  };
  double expected = 0.0;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!at.gradients[i].defined()) continue;
    expected +=
        (at.gradients[i] * normals(leaves[i].sizes(), 7 + i)).to(torch::kFloat64).sum().item<double>();
  }
  const double slope = (value_at(step) - value_at(-step)) / (2.0 * step);
  EXPECT_NEAR(slope, expected, tolerance * std::max(1.0, std::abs(expected)));
}

void expect_same_bits_on_any_thread_count(const TensorFunction& function, const Tensors& inputs) {
  const int usual_count = at::get_num_threads();
  const auto on_threads = [&](int count) {
    at::set_num_threads(count);
    return value_and_gradients(function, leaves_of(inputs, torch::kFloat32));
  };
  const ValueAndGradients alone = on_threads(1);
  for (const int count : {2, 3}) {
    const ValueAndGradients together = on_threads(count);
    EXPECT_EQ(at::get_num_threads(), count) << "a kernel changed the number of threads";
    EXPECT_TRUE(torch::equal(alone.value, together.value)) << count << " threads";
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (!alone.gradients[i].defined()) continue;
      EXPECT_TRUE(torch::equal(alone.gradients[i], together.gradients[i]))
          << count << " threads, input " << i;
    }
  }
  at::set_num_threads(usual_count);
}

}  // namespace regimetry::nn
