// What a feature set remembers of the bars it has seen, for every instrument: saved tonight, continued
// tomorrow.
//
// File: .safetensors; one uint8 tensor per instrument and pass, named "<symbol>|<timeframe>|<pass>", and in
// the metadata the digest of the feature set, bar counts and last stamps. It fits one set on one kind of
// machine: restoring it anywhere else than into an equal set is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace regimetry::features {

struct InstrumentMemory {
  std::string symbol;
  std::string timeframe;
  std::int64_t bar_count = 0;
  TimestampNs last_timestamp = 0;
  std::vector<std::vector<std::byte>> passes;  // state of each pass of the set
};

struct FeatureMemory {
  std::string set_digest;
  std::vector<InstrumentMemory> instruments;
  [[nodiscard]] const InstrumentMemory* find(const std::string& symbol,
                                             const std::string& timeframe) const noexcept;
};

// Atomic. Throws Error (kInternal) when it cannot be written.
void write_feature_memory(const std::filesystem::path& path, const FeatureMemory& memory);
// Throws Error (kData) naming the file.
[[nodiscard]] FeatureMemory read_feature_memory(const std::filesystem::path& path);

}  // namespace regimetry::features
