// FeatureTable: what bars become. One instrument, one row per bar, one column per feature.
//
// Shape:  values is [T, F], row-major float32: a row is what a model reads at one bar.
// Time:   row t is computed from bars 0..t and from nothing later. Always; audit/ proves it.
// Missing: NaN, wherever a feature is still warming up or its input is missing. Never a guess.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/time.hpp"
#include "market/column_table.hpp"
#include "market/timeframe.hpp"

namespace regimetry::features {

using regimetry::MatrixD;
using regimetry::MatrixF;

struct FeatureTable {
  std::string symbol;  // empty when the source names no instrument
  market::Timeframe timeframe;
  double bars_per_year = 0;             // as in Bars; 0 when unknown
  std::vector<TimestampNs> timestamps;  // [T], UTC, strictly increasing
  std::vector<std::string> names;       // [F], unique
  MatrixF values;                       // [T, F]
  std::vector<market::Column> extras;   // further columns of the source, untouched, T rows each

  [[nodiscard]] std::int64_t row_count() const noexcept { return values.rows(); }
  [[nodiscard]] std::int64_t feature_count() const noexcept { return values.cols(); }
};

// The tables of many instruments, all with the same feature names, sorted by symbol.
struct FeatureData {
  std::vector<FeatureTable> instruments;
  // Travels with the data as MarketData::metadata does; "features" lists name, definition and warm-up.
  nlohmann::json metadata;

  [[nodiscard]] std::int64_t row_count() const noexcept;
};

}  // namespace regimetry::features
