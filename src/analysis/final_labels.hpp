// The final labels that the table of labels holds at given stamps.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/time.hpp"

namespace regimetry::analysis {

// One per stamp, kNoRegime where the table has no label. `timestamps` of one instrument, ascending; the table
// lies in `folder`.
[[nodiscard]] std::vector<std::int32_t> final_labels_at(const std::filesystem::path& folder,
                                                        std::span<const TimestampNs> timestamps,
                                                        ThreadPool& pool);

}  // namespace regimetry::analysis
