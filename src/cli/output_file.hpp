// The file that a command is about to write, judged before anything is read or computed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace regimetry::cli {

// Throws Error (kUsage) when `output` has an extension that is not written, is one of `inputs` (files, globs
// or folders as the user gave them), is a folder, or lies in a folder that does not exist.
void require_market_output(const std::filesystem::path& output, const std::vector<std::string>& inputs);
// The same for features, which may go to .npy too.
void require_feature_output(const std::filesystem::path& output, const std::vector<std::string>& inputs);

// The same for the memory of features: .safetensors.
void require_state_output(const std::filesystem::path& output, const std::vector<std::string>& inputs);
// The same for embeddings: .npy, and the files that are written beside it.
void require_embedding_output(const std::filesystem::path& output, const std::vector<std::string>& inputs);

// The same for an encoder: .safetensors.
void require_encoder_output(const std::filesystem::path& output, const std::vector<std::string>& inputs);
// The same for a transform: .json.
void require_transform_output(const std::filesystem::path& output, const std::vector<std::string>& inputs);

// A file that a run writes, and the setting that asks for it: "--save-encoder".
struct PlannedOutput {
  std::string setting;
  std::filesystem::path path;
};
// Throws Error (kUsage) naming both settings when one output would overwrite another of the same run.
void require_distinct_outputs(const std::vector<PlannedOutput>& outputs);
// The matrix and all that is written beside it.
[[nodiscard]] std::vector<PlannedOutput> embedding_outputs(const std::string& setting,
                                                           const std::filesystem::path& output);

}  // namespace regimetry::cli
