// The last rows of each instrument of a source, for work that would take too long on all of them.
#pragma once

#include <cstdint>
#include <vector>

#include "labelling/regime_source.hpp"

namespace regimetry::labelling {

// Ascending row numbers of `source`: of each instrument at most `most_rows / instruments`, the latest.
[[nodiscard]] std::vector<std::int64_t> recent_rows(const RegimeSource& source, std::int64_t most_rows);
// Those rows as a source of their own.
[[nodiscard]] RegimeSource source_of_rows(const RegimeSource& source, const std::vector<std::int64_t>& rows);

}  // namespace regimetry::labelling
