// Embeddings: what windows become. One row of numbers per window, and when the window ended.
//
// Shape:  values is [N, D], row-major float32.
// Time:   timestamps[n] is the stamp of the last row of window n, which reads nothing later.
// Order:  by instrument, then by time, as windows::Windows has it.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/time.hpp"
#include "features/feature_table.hpp"
#include "market/timeframe.hpp"

namespace regimetry::embeddings {

struct EmbeddedInstrument {
  std::string symbol;  // empty when the source names no instrument
  market::Timeframe timeframe;
  double bars_per_year = 0;
  IndexRange windows;  // its rows of the matrix; may be none
  bool operator==(const EmbeddedInstrument& other) const {
    return symbol == other.symbol && timeframe == other.timeframe && bars_per_year == other.bars_per_year &&
           windows.begin == other.windows.begin && windows.end == other.windows.end;
  }
};

struct Embeddings {
  features::MatrixF values;                     // [N, D]
  std::vector<TimestampNs> timestamps;          // [N]
  std::vector<EmbeddedInstrument> instruments;  // at least one; their windows follow each other from 0 to N
  nlohmann::json metadata;                      // how they came about: embedding_metadata.hpp

  [[nodiscard]] std::int64_t size() const noexcept { return values.rows(); }   // N
  [[nodiscard]] std::int64_t width() const noexcept { return values.cols(); }  // D
};

}  // namespace regimetry::embeddings
