// Models run in ONNX Runtime, a program that shares no code with ours.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace regimetry::models {

struct OnnxJob {
  std::string model;                // the bytes of the file
  std::vector<float> windows;       // [B, L, columns]
  std::vector<std::int64_t> shape;  // B, L, columns
};

struct OnnxAnswer {
  std::string error;  // the runtime's words; empty when the model ran
  std::vector<std::string> inputs, outputs;
  std::vector<std::int64_t> shape;
  std::vector<float> embeddings;
};

// One answer per job, by one process for all of them. Throws std::runtime_error, saying what to install, when
// node or the runtime is missing: a test must fail then.
[[nodiscard]] std::vector<OnnxAnswer> run_onnx(const std::vector<OnnxJob>& jobs);

}  // namespace regimetry::models
