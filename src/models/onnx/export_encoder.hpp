// A regime encoder, with the transform before it, as an ONNX file that any runtime can run.
//
// Graph: `windows` [batch, L, raw columns] float32 -> `embeddings` [batch, D] float32. docs/onnx.md tells
//        users what is in it.
// Bytes: the same for the same arguments.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/onnx/input_steps.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

// What the file says of itself.
struct OnnxLabels {
  std::string program_version = {};
  // The names of the features, of an encoder whose steps do not tell them.
  std::vector<std::string> feature_names = {};
  // Goes into the file's metadata beside what is always there ("features", "encoder_options", ...).
  std::map<std::string, std::string> metadata = {};
};

// Throws Error (kUsage) when the steps do not fit the encoder, or when it is larger than the 2 GiB that an
// ONNX file may have.
[[nodiscard]] std::string encoder_onnx(const RegimeEncoderWeights& weights, const InputSteps& steps = {},
                                       const OnnxLabels& labels = {});

// The same as a file, which appears whole or not at all.
void write_encoder_onnx(const std::filesystem::path& path, const RegimeEncoderWeights& weights,
                        const InputSteps& steps = {}, const OnnxLabels& labels = {});

}  // namespace regimetry::models
