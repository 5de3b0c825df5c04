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

// Throws Error (kData) naming the file and what is wrong with it.
[[nodiscard]] RegimeModel read_regime_model(const std::filesystem::path& folder);

}  // namespace regimetry::regimes
