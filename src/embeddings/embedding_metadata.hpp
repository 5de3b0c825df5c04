// The record of how embeddings came about: embedding_metadata.json, as docs/file-formats.md shows it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "embeddings/embeddings.hpp"
#include "models/regime_encoder/embedding_engine.hpp"
#include "windows/windows.hpp"

namespace regimetry::embeddings {

struct EmbeddingRecord {
  std::string source_file;                 // what was read
  std::vector<std::string> features_used;  // columns that the encoder read, in order
  nlohmann::json transform;                // EncoderInput::transform
  models::RegimeEncoderOptions encoder;
  std::string encoder_digest;
  std::string engine;     // ChosenEngine::record
  std::string precision;  // "fp32", "bf16"
  nlohmann::json config;  // resolved settings: {"settings": {key: {"value", "origin"}}, ...}
  std::string version;    // of the program
};

// Digest of the values of all settings, wherever they came from: equal settings have the same.
[[nodiscard]] std::string config_digest_of(const nlohmann::json& config);

// n_samples, embedding_dim, window_size, stride, ... What the files are called is added by whoever writes
// them.
[[nodiscard]] nlohmann::json describe_embeddings(const Embeddings& embeddings,
                                                 const windows::Windows& windows,
                                                 const EmbeddingRecord& record);

}  // namespace regimetry::embeddings
