// A regime model <-> a folder: `regime_model.json` for people and `regime_model.safetensors` for numbers.
//
// The JSON names the digest of the tensors, so that halves of two models are never mixed.
// docs/file-formats.md shows both.
#pragma once

#include <filesystem>

#include "regimes/model/regime_model.hpp"

namespace regimetry::regimes {

// Makes the folder if it is missing. Each file appears whole or not at all; the same model gives the same
// bytes.
void write_regime_model(const std::filesystem::path& folder, const RegimeModel& model);

// The folder of the model that somebody means by `path`: the folder itself, or regime_model inside what
// 'cluster' wrote. `path` as it is when neither holds a model.
[[nodiscard]] std::filesystem::path find_regime_model(const std::filesystem::path& path);
// Whether find_regime_model() finds one.
[[nodiscard]] bool has_regime_model(const std::filesystem::path& path);

// Throws Error (kData) naming the file and what is wrong with it.
[[nodiscard]] RegimeModel read_regime_model(const std::filesystem::path& folder);

}  // namespace regimetry::regimes
