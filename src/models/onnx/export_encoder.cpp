#include "models/onnx/export_encoder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "models/onnx/encoder_nodes.hpp"
#include "models/onnx/graph_builder.hpp"
#include "models/onnx/input_step_nodes.hpp"

namespace regimetry::models {
namespace {

void require_fit(const RegimeEncoderWeights& weights, const InputSteps& steps) {
  const std::vector<std::string> problems = steps.problems(weights.options.feature_count);
  if (!problems.empty()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("the transform does not fit the encoder: {}", fmt::join(problems, "; ")));
  }
}

// Of the large parts of the graph: weights, positions, mask.
std::int64_t number_count(const RegimeEncoderWeights& weights) {
  const RegimeEncoderOptions& options = weights.options;
  const std::int64_t mask = options.look_ahead_mask ? options.window_size * options.window_size : 0;
  return parameter_count(weights) + options.window_size * options.width() + mask;
}

// Protocol Buffers count bytes in 31 bits. Judged before gigabytes are copied in vain; what else there is
// fits the margin.
void require_size(const RegimeEncoderWeights& weights) {
  constexpr std::int64_t kMostBytes = std::numeric_limits<std::int32_t>::max(), kMargin = 64LL << 20;
  const std::int64_t bytes = number_count(weights) * static_cast<std::int64_t>(sizeof(float));
  if (bytes > kMostBytes - kMargin) {
    throw Error(ErrorKind::kUsage,
                fmt::format("the encoder takes {} bytes, and an ONNX file holds {} of them at most; one with "
                            "fewer weights or shorter windows fits",
                            bytes, kMostBytes - kMargin));
  }
}

std::vector<std::string> feature_names(const InputSteps& steps, const OnnxLabels& labels) {
  if (steps.steps.empty()) return labels.feature_names.empty() ? steps.columns : labels.feature_names;
  std::vector<std::string> names;
  for (const InputStep& step : steps.steps) names.push_back(step.feature);
  return names;
}

std::map<std::string, std::string> metadata_of(const RegimeEncoderWeights& weights, const InputSteps& steps,
                                               const OnnxLabels& labels) {
  std::map<std::string, std::string> metadata = labels.metadata;
  const std::vector<std::string> features = feature_names(steps, labels);
  metadata["columns"] = nlohmann::json(steps.columns.empty() ? features : steps.columns).dump();
  metadata["features"] = nlohmann::json(features).dump();
  metadata["encoder_options"] = nlohmann::json(weights.options).dump();
  metadata["format"] = "regimetry regime encoder";
  return metadata;
}

onnx::Graph graph_of(const RegimeEncoderWeights& weights, const InputSteps& steps) {
  const RegimeEncoderOptions& options = weights.options;
  onnx::GraphBuilder graph("regime_encoder");
  const std::string windows = graph.add_input(
      {"windows",
       onnx::ElementType::kFloat32,
       {std::string("batch"), options.window_size, steps.column_count(options.feature_count)},
       "Windows of raw columns, oldest row first; the columns in the order of the metadata 'columns'."});
  onnx::add_encoder(graph, onnx::add_input_steps(graph, windows, steps), weights, "embeddings");
  graph.add_output({"embeddings",
                    onnx::ElementType::kFloat32,
                    {std::string("batch"), options.width()},
                    "One embedding per window."});
  return graph.graph();
}

}  // namespace

std::string encoder_onnx(const RegimeEncoderWeights& weights, const InputSteps& steps,
                         const OnnxLabels& labels) {
  require_fit(weights, steps);
  require_size(weights);
  return onnx::encode_model({.producer_name = "regimetry",
                             .producer_version = labels.program_version,
                             .description = "Windows of market features to embeddings.",
                             .metadata = metadata_of(weights, steps, labels),
                             .graph = graph_of(weights, steps)});
}

void write_encoder_onnx(const std::filesystem::path& path, const RegimeEncoderWeights& weights,
                        const InputSteps& steps, const OnnxLabels& labels) {
  write_file_atomically(path, encoder_onnx(weights, steps, labels));
}

}  // namespace regimetry::models
