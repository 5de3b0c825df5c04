// Where libregimetry_reference.so is and how it is opened; load_reference_engine() in embedding_engine.hpp is
// the door to it.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "models/regime_encoder/embedding_engine.hpp"

namespace regimetry::models {

// The files that are tried, in this order: beside the installed program (../lib/regimetry from its folder,
// which is also where a build puts it), in the program's own folder, and by name alone, for the system's
// loader to find.
[[nodiscard]] std::vector<std::filesystem::path> reference_library_candidates();

// The engine of the first candidate that exists; a bare name is left to the system's loader. Throws Error:
// kInternal when no candidate is there, when one cannot be loaded or is of another build; kUsage for a device
// that is not there.
[[nodiscard]] std::unique_ptr<EmbeddingEngine> load_reference_engine_from(
    const std::vector<std::filesystem::path>& candidates, const RegimeEncoderWeights& weights,
    std::string_view device);

}  // namespace regimetry::models
