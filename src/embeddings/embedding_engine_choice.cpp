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

ChosenEngine choose_embedding_engine(const models::RegimeEncoderWeights& weights,
                                     const EngineOptions& options, Observer& observer) {
  if (options.engine == EngineChoice::kReference || options.device != "cpu")
    return load_reference(weights, options.device);
  const std::string gap = models::rows_engine_gap(weights.options, options.precision);
  if (gap.empty() || options.engine == EngineChoice::kRows) {
    auto engine = models::make_rows_engine(weights, options.precision);
    const bool is_same_everywhere = options.precision == models::Precision::kFloat32;
    std::string record = is_same_everywhere ? "rows engine, float32" : engine->description();
    return {std::move(engine), std::move(record)};
  }
  if (options.precision == models::Precision::kBfloat16) {
    throw Error(ErrorKind::kUsage,
                fmt::format("precision bf16 is the rows engine's, which cannot be used here: {}", gap));
  }
  observer.on_note(fmt::format("the reference engine is used, which is slower: {}", gap));
  return load_reference(weights, options.device);
}

}  // namespace regimetry::embeddings
