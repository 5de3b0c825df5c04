#include "embeddings/embedding_engine_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.hpp"

namespace regimetry::embeddings {
namespace {

ChosenEngine load_reference(const models::RegimeEncoderWeights& weights, const std::string& device) {
  auto engine = models::load_reference_engine(weights, device);
  std::string record = engine->description();
  return {std::move(engine), std::move(record)};
}

}  // namespace

std::vector<std::string> EngineOptions::problems() const {
  std::vector<std::string> problems;
  const bool is_cuda = device == "cuda" || (device.starts_with("cuda:") && device.size() > 5 &&
                                            std::all_of(device.begin() + 5, device.end(),
                                                        [](char c) { return c >= '0' && c <= '9'; }));
  if (device != "cpu" && !is_cuda)
    problems.push_back(fmt::format("device is '{}'; it must be cpu, cuda or cuda:N", device));
  if (is_cuda && engine == EngineChoice::kRows)
    problems.push_back(
        fmt::format("the rows engine computes on the CPU; device {} needs engine reference", device));
  if (precision == models::Precision::kBfloat16 && (engine == EngineChoice::kReference || is_cuda))
    problems.emplace_back("precision bf16 is the rows engine's; the reference computes in fp32");
  return problems;
}

std::string_view precision_name(models::Precision precision) noexcept {
  return precision == models::Precision::kBfloat16 ? "bf16" : "fp32";
}

void require_engine(const models::RegimeEncoderOptions& encoder, const EngineOptions& options) {
  const std::string gap = models::rows_engine_gap(encoder);
  const bool is_reference = options.engine == EngineChoice::kReference || options.device != "cpu";
  if (!is_reference && !gap.empty() && options.engine == EngineChoice::kRows)
    throw Error(ErrorKind::kUsage, gap + "; use the reference engine");
  if (!is_reference && !gap.empty() && options.precision == models::Precision::kBfloat16) {
    throw Error(ErrorKind::kUsage,
                fmt::format("precision bf16 is the rows engine's, which cannot be used here: {}", gap));
  }
  if (!is_reference && gap.empty()) return;
  // The smallest encoder shows whether library and device are there.
  models::RegimeEncoderOptions smallest;
  smallest.feature_count = smallest.window_size = smallest.num_heads = smallest.head_size = 1;
  smallest.num_transformer_blocks = 0;
  static_cast<void>(models::load_reference_engine(models::initial_weights(smallest, Rng(0)), options.device));
}

ChosenEngine choose_embedding_engine(const models::RegimeEncoderWeights& weights,
                                     const EngineOptions& options, Observer& observer) {
  if (options.engine == EngineChoice::kReference) return load_reference(weights, options.device);
  if (options.device != "cpu") {
    observer.on_note(fmt::format("the reference engine is used, for the device is {}", options.device));
    return load_reference(weights, options.device);
  }
  const std::string gap = models::rows_engine_gap(weights.options);
  if (gap.empty()) {
    auto engine = models::make_rows_engine(weights, options.precision);
    const bool is_same_everywhere = options.precision == models::Precision::kFloat32;
    std::string record = is_same_everywhere ? "rows engine, float32" : engine->description();
    return {std::move(engine), std::move(record)};
  }
  require_engine(weights.options, options);
  observer.on_note(fmt::format("the reference engine is used, which is slower: {}", gap));
  return load_reference(weights, options.device);
}

}  // namespace regimetry::embeddings
