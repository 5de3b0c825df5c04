#include "models/regime_encoder/reference_backend.hpp"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <algorithm>
#include <cassert>

#include "core/error.hpp"
#include "core/flush_denormals.hpp"
#include "models/regime_encoder/regime_encoder.hpp"
#include "nn/modules/tensor_view.hpp"

namespace regimetry::models {
namespace {

// Large enough that libtorch's cost per operation disappears, small enough to stay near a core's cache.
constexpr std::int64_t kCpuBatchBytes = std::int64_t{8} << 20;
constexpr std::int64_t kGpuBatchBytes = std::int64_t{1} << 30;

std::string devices_there_are(std::int64_t gpu_count) {
  std::string names = "cpu";
  for (std::int64_t i = 0; i < gpu_count; ++i) names += fmt::format(", cuda:{}", i);
  return names;
}

torch::Device device_called(const std::string& name) {
  const auto gpu_count = static_cast<std::int64_t>(torch::cuda::device_count());
  if (name == "cpu") return torch::kCPU;
  if (name == "cuda" && gpu_count > 0) return {torch::kCUDA, 0};
  for (std::int64_t i = 0; i < gpu_count; ++i) {
    if (name == fmt::format("cuda:{}", i)) return {torch::kCUDA, static_cast<torch::DeviceIndex>(i)};
  }
  throw Error(ErrorKind::kUsage,
              fmt::format("there is no device '{}' here; there is {}. A GPU needs its driver and a libtorch "
                          "built with CUDA.",
                          name, devices_there_are(gpu_count)));
}

// libtorch on the calling thread uses that thread alone while this lives.
class OneTorchThread {
 public:
  OneTorchThread() : before_(at::get_num_threads()) {
    if (before_ != 1) at::set_num_threads(1);
  }
  ~OneTorchThread() {
    if (before_ != 1) at::set_num_threads(before_);
  }
  OneTorchThread(const OneTorchThread&) = delete;
  OneTorchThread& operator=(const OneTorchThread&) = delete;

 private:
  int before_;
};

// Calls `compute`; what libtorch throws becomes an Error.
template <class Compute>
void with_errors_of_ours(const Compute& compute) {
  try {
    compute();
  } catch (const c10::Error& error) {
    throw Error(ErrorKind::kInternal, fmt::format("libtorch: {}", error.what_without_backtrace()));
  }
}

class TorchBackend final : public ReferenceBackend {
 public:
  TorchBackend(const RegimeEncoderWeights& weights, torch::Device device)
      : encoder_(weights), device_(device) {
    encoder_->to(device_);
    encoder_->eval();
  }

  [[nodiscard]] std::string description() const override {
    return fmt::format("reference (libtorch {}, {})", TORCH_VERSION, device_.str());
  }

  void embed(std::span<const float> rows, std::int64_t stride, std::span<float> embeddings,
             const ParallelLoop& loop) const override {
    assert(stride > 0);
    const RegimeEncoderOptions& options = encoder_->options;
    const std::int64_t window_count = std::ssize(embeddings) / options.width();
    if (window_count == 0) return;
    assert((window_count - 1) * stride + options.window_size <= std::ssize(rows) / options.feature_count);
    with_errors_of_ours([&] {
      const OneTorchThread one;  // before the workers begin, which start out with as many
      const torch::Tensor rows_on_device = upload(rows);
      const auto batch = [&](IndexRange windows) {
        embed_batch(rows_on_device, stride, windows, embeddings);
      };
      if (device_.is_cpu()) {
        loop(window_count, windows_per_batch(options, kCpuBatchBytes), batch);
      } else {
        in_order(window_count, windows_per_batch(options, kGpuBatchBytes), batch);
      }
    });
  }

 private:
  [[nodiscard]] torch::Tensor upload(std::span<const float> rows) const {
    const std::int64_t features = encoder_->options.feature_count;
    return nn::view_of(rows, {std::ssize(rows) / features, features}).to(device_);
  }

  template <class Body>
  static void in_order(std::int64_t count, std::int64_t grain, const Body& body) {
    for (std::int64_t begin = 0; begin < count; begin += grain)
      body(IndexRange{begin, std::min(begin + grain, count)});
  }

  void embed_batch(const torch::Tensor& rows, std::int64_t stride, IndexRange windows,
                   std::span<float> embeddings) const {
    with_errors_of_ours([&] {
      const OneTorchThread one;
      const FlushDenormals flushed;
      const torch::NoGradGuard no_grad;
      const RegimeEncoderOptions& options = encoder_->options;
      const std::int64_t features = options.feature_count;
      const torch::Tensor batch =
          rows.as_strided({windows.size(), options.window_size, features}, {stride * features, features, 1},
                          windows.begin * stride * features);
      const auto target = embeddings.subspan(static_cast<std::size_t>(windows.begin * options.width()),
                                             static_cast<std::size_t>(windows.size() * options.width()));
      const std::vector<float> values = nn::values_of(encoder_->forward(batch.contiguous()));
      std::copy(values.begin(), values.end(), target.begin());
    });
  }

  // forward() changes nothing while evaluating, but is not const in libtorch's manner.
  mutable RegimeEncoder encoder_;
  torch::Device device_;
};

}  // namespace

std::unique_ptr<ReferenceBackend> make_reference_backend(const RegimeEncoderWeights& weights,
                                                         const std::string& device) {
  std::unique_ptr<ReferenceBackend> backend;
  with_errors_of_ours([&] { backend = std::make_unique<TorchBackend>(weights, device_called(device)); });
  return backend;
}

std::int64_t windows_per_batch(const RegimeEncoderOptions& options, std::int64_t bytes) noexcept {
  const std::int64_t heads_width = options.num_heads * options.head_size;
  // Per row: the input, some copies of the encoder's rows, four of the heads' width, the pointwise layer, and
  // scores before and after the softmax.
  const std::int64_t per_row = options.feature_count + 4 * options.width() + 4 * heads_width +
                               2 * options.ff_dim + 2 * options.num_heads * options.window_size;
  const std::int64_t per_window = 4 * options.window_size * per_row;
  return std::max<std::int64_t>(1, bytes / per_window);
}

}  // namespace regimetry::models
