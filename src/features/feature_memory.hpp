// What a feature set remembers of the bars it has seen, for every instrument: saved tonight, continued
// tomorrow.
//
// File: .safetensors; one uint8 tensor per instrument and pass, named "<symbol>|<timeframe>|<pass>". The
// metadata holds the digest of the feature set, a digest of the state, bar counts, last stamps and sectors.
// It fits an equal set on a machine of the same kind; anything else, and a damaged file, is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "market/bars.hpp"

namespace regimetry::features {

struct InstrumentMemory {
  std::string symbol;
  std::string timeframe;
  std::int64_t bar_count = 0;
  TimestampNs last_timestamp = 0;
  std::string sector = {};                     // after the last bar; empty: none, or nobody asked
  std::vector<std::vector<std::byte>> passes;  // state of each pass of the set
};

struct FeatureMemory {
  std::string set_digest;
  std::vector<InstrumentMemory> instruments;
  // Exactly this instrument, or nothing.
  [[nodiscard]] const InstrumentMemory* find(const std::string& symbol,
                                             const std::string& timeframe) const noexcept;
  // For the bars that came since. A few of them do not tell their timeframe: then the only one under that
  // symbol is meant.
  [[nodiscard]] const InstrumentMemory* find_for(const market::Bars& bars) const noexcept;
};

// Atomic. Throws Error (kInternal) when it cannot be written.
void write_feature_memory(const std::filesystem::path& path, const FeatureMemory& memory);
// Throws Error (kData) naming the file.
[[nodiscard]] FeatureMemory read_feature_memory(const std::filesystem::path& path);

}  // namespace regimetry::features
