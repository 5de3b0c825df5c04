// Which row of a table each row of a source ends with.
//
// By instrument and stamp. A source that only counts its rows is laid over the end of the table by its window
// size and stride, if exactly that many windows fit.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "features/transform/input_table.hpp"
#include "labelling/regime_source.hpp"

namespace regimetry::labelling {

inline constexpr std::int64_t kNowhere = -1;

struct WindowShape {
  std::optional<std::int64_t> window_size = {};  // bars; absent: as the source says
  std::optional<std::int64_t> stride = {};
};

struct RowPlaces {
  std::vector<std::int64_t>
      segments;                    // of each instrument of the source: its segment of the table, or kNowhere
  std::vector<std::int64_t> rows;  // [N] row of that segment, or kNowhere
  std::int64_t missing = 0;        // source rows whose stamp the table has not
};

// Throws Error (kData) when nothing fits together, saying what both hold; kUsage when a window size or stride
// contradicts what the source says of itself.
[[nodiscard]] RowPlaces place_rows(const RegimeSource& source, const features::InputTable& table,
                                   const WindowShape& shape);

}  // namespace regimetry::labelling
