// A training step of the regime encoder - forward, mean squared distance to a target, backward, Adam - with
// our kernels beside the same step with libtorch's own layers.
//
// Both run in one process, in turn, on the same weights' shapes and data; the figure is the median of the
// rounds' ratios. libtorch's products are OpenBLAS's, which chooses its kernels by the processor's name: once
// as it chooses here, once, in a child process, with OPENBLAS_CORETYPE=SkylakeX, the best it has for AVX-512.
//
//   nn_training_step_bench [WINDOWS [ROUNDS [D [THREADS]]]]        default 64 15 256 and all processors
#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <torch/nn.h>
#include <torch/optim/adam.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "nn/kernels/differentiable/fused_attention.hpp"
#include "nn/kernels/differentiable/fused_layer_norm.hpp"
#include "nn/kernels/differentiable/fused_linear.hpp"
#include "nn/kernels/differentiable/onednn_product.hpp"

namespace {

using namespace regimetry::nn;

constexpr std::int64_t kHeads = 4, kHeadSize = 256, kFfDim = 128, kBlocks = 2, kRows = 30;
constexpr double kEpsilon = 1e-6, kDropout = 0.1;

struct Layers {
  torch::Tensor (*linear)(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                          Activation activation);
  torch::Tensor (*attend)(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value);
  torch::Tensor (*norm_and_add)(const torch::Tensor& x, const torch::Tensor& weight,
                                const torch::Tensor& bias, const torch::Tensor& residual);
};

torch::Tensor plain_linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                           Activation activation) {
  return activate(torch::linear(x, weight, bias), activation);
}

torch::Tensor plain_attend(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value) {
  const torch::Tensor scaled = query / std::sqrt(static_cast<double>(kHeadSize));
  return torch::matmul(torch::matmul(scaled, key.transpose(2, 3)).softmax(-1), value);
}

torch::Tensor plain_norm_and_add(const torch::Tensor& x, const torch::Tensor& weight,
                                 const torch::Tensor& bias, const torch::Tensor& residual) {
  return torch::layer_norm(x, {x.size(-1)}, weight, bias, kEpsilon) + residual;
}

constexpr Layers kPlain = {plain_linear, plain_attend, plain_norm_and_add};

template <ProductPrecision kPrecision>
torch::Tensor our_linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                         Activation activation) {
  return fused_linear(x, weight, bias, activation, kPrecision);
}

torch::Tensor our_attend(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value) {
  return fused_attention(query, key, value);
}

torch::Tensor our_norm_and_add(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                               const torch::Tensor& residual) {
  return fused_layer_norm(x, weight, bias, kEpsilon, residual);
}

constexpr Layers kOurs = {our_linear<ProductPrecision::kFloat32>, our_attend, our_norm_and_add};
constexpr Layers kOursBfloat16 = {our_linear<ProductPrecision::kBfloat16>, our_attend, our_norm_and_add};

struct Dense {
  torch::Tensor weight, bias;
};

Dense make_dense(std::int64_t in, std::int64_t out) {
  const double reach = std::sqrt(6.0 / static_cast<double>(in + out));
  return {(torch::rand({out, in}) * 2.0 - 1.0).mul_(reach).requires_grad_(),
          torch::zeros({out}).requires_grad_()};
}

Dense make_norm(std::int64_t width) {
  return {torch::ones({width}).requires_grad_(), torch::zeros({width}).requires_grad_()};
}

struct Block {
  Dense query, key, value, output, norm1, ffn1, ffn2, norm2;
};

torch::Tensor split_heads(const torch::Tensor& x) {
  return x.view({x.size(0), x.size(1), kHeads, kHeadSize}).transpose(1, 2);
}

torch::Tensor drop(const torch::Tensor& x) {
  return torch::dropout(x, kDropout, /*train=*/true);
}

torch::Tensor run_block(const Layers& layers, const Block& block, const torch::Tensor& x) {
  const auto dense = [&layers](const Dense& weights, const torch::Tensor& in,
                               Activation activation = Activation::kNone) {
    return layers.linear(in, weights.weight, weights.bias, activation);
  };
  const auto heads = [&](const Dense& weights) { return split_heads(dense(weights, x)); };
  const torch::Tensor attended = layers.attend(heads(block.query), heads(block.key), heads(block.value));
  const torch::Tensor joined = drop(dense(block.output, attended.transpose(1, 2).flatten(2)));
  const torch::Tensor r = layers.norm_and_add(joined, block.norm1.weight, block.norm1.bias, x);
  const torch::Tensor hidden = drop(dense(block.ffn1, r, Activation::kRelu));
  return layers.norm_and_add(dense(block.ffn2, hidden), block.norm2.weight, block.norm2.bias, r);
}

// One encoder in training with the given layers.
class Training {
 public:
  Training(const Layers& layers, std::int64_t width) : layers_(layers) {
    torch::manual_seed(42);
    for (std::int64_t i = 0; i < kBlocks; ++i) {
      blocks_.push_back({make_dense(width, kHeads * kHeadSize), make_dense(width, kHeads * kHeadSize),
                         make_dense(width, kHeads * kHeadSize), make_dense(kHeads * kHeadSize, width),
                         make_norm(width), make_dense(width, kFfDim), make_dense(kFfDim, width),
                         make_norm(width)});
    }
    optimizer_ = std::make_unique<torch::optim::Adam>(parameters(), torch::optim::AdamOptions(1e-3));
  }

  // windows [B, L, D], target [B, D]; gives the loss.
  double step(const torch::Tensor& windows, const torch::Tensor& target) {
    optimizer_->zero_grad();
    torch::Tensor x = windows;
    for (const Block& block : blocks_) x = run_block(layers_, block, x);
    torch::Tensor loss = torch::mse_loss(x.mean(1), target);
    loss.backward();
    optimizer_->step();
    return loss.item<double>();
  }

 private:
  std::vector<torch::Tensor> parameters() const {
    std::vector<torch::Tensor> all;
    for (const Block& block : blocks_) {
      for (const Dense* dense : {&block.query, &block.key, &block.value, &block.output, &block.norm1,
                                 &block.ffn1, &block.ffn2, &block.norm2})
        all.insert(all.end(), {dense->weight, dense->bias});
    }
    return all;
  }

  Layers layers_;
  std::vector<Block> blocks_;
  std::unique_ptr<torch::optim::Adam> optimizer_;
};

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

std::string openblas_kernels() {
  using Name = char* (*)();
  const auto name = reinterpret_cast<Name>(dlsym(RTLD_DEFAULT, "openblas_get_corename"));
  return name == nullptr ? "not OpenBLAS" : std::string("OpenBLAS for ") + name();
}

// Operations of the products: forward once, backward twice.
double operations(std::int64_t windows, std::int64_t width) {
  const std::int64_t heads_width = kHeads * kHeadSize;
  const std::int64_t row = 4 * width * heads_width + 2 * kRows * heads_width + 2 * width * kFfDim;
  return 3.0 * 2.0 * static_cast<double>(windows * kRows * kBlocks * row);
}

struct Sizes {
  std::int64_t windows = 64, rounds = 15, width = 256, threads = regimetry::available_processor_count();
};

void compare(const Sizes& sizes) {
  const torch::Tensor windows = torch::randn({sizes.windows, kRows, sizes.width});
  const torch::Tensor target = torch::randn({sizes.windows, sizes.width});
  Training plain(kPlain, sizes.width), ours(kOurs, sizes.width), rounded(kOursBfloat16, sizes.width);
  const auto seconds = [&](Training& training) {
    const auto begin = std::chrono::steady_clock::now();
    training.step(windows, target);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  for (Training* const training : {&plain, &ours, &rounded}) training->step(windows, target);
  std::vector<double> plain_s, ours_s, rounded_s, gains, rounded_gains;
  for (std::int64_t round = 0; round < sizes.rounds; ++round) {
    plain_s.push_back(seconds(plain));
    ours_s.push_back(seconds(ours));
    rounded_s.push_back(seconds(rounded));
    gains.push_back(plain_s.back() / ours_s.back());
    rounded_gains.push_back(plain_s.back() / rounded_s.back());
  }
  fmt::print(
      "libtorch ({}): {:.1f} ms; ours: {:.1f} ms ({:.0f} GFLOP/s), {:.2f}x; ours in bfloat16: {:.1f} ms, "
      "{:.2f}x\n",
      openblas_kernels(), 1e3 * median(plain_s), 1e3 * median(ours_s),
      1e-9 * operations(sizes.windows, sizes.width) / median(ours_s), median(gains), 1e3 * median(rounded_s),
      median(rounded_gains));
  std::fflush(stdout);
}

// The same program again with other kernels of OpenBLAS, which are chosen when it is loaded.
int run_again_with(const char* core_type, char** arguments) {
  const pid_t child = fork();
  if (child == 0) {
    setenv("OPENBLAS_CORETYPE", core_type, 1);
    setenv("REGIMETRY_BENCH_CHILD", "1", 1);
    execv("/proc/self/exe", arguments);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

int main(int argument_count, char** arguments) {
  Sizes sizes;
  if (argument_count > 1) sizes.windows = std::atoll(arguments[1]);
  if (argument_count > 2) sizes.rounds = std::atoll(arguments[2]);
  if (argument_count > 3) sizes.width = std::atoll(arguments[3]);
  if (argument_count > 4) sizes.threads = std::atoll(arguments[4]);
  // libtorch's own default is one thread on some virtual machines whatever their number of processors.
  at::set_num_threads(static_cast<int>(sizes.threads));
  const bool is_child = std::getenv("REGIMETRY_BENCH_CHILD") != nullptr;
  if (!is_child) {
    fmt::print("Training step, {} windows of {} rows, D = {}, {} threads, oneDNN {}\n", sizes.windows, kRows,
               sizes.width, at::get_num_threads(), has_onednn() ? "in use" : "absent");
  }
  compare(sizes);
  return is_child ? 0 : run_again_with("SkylakeX", arguments);
}
