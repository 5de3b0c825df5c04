// A feature file as its columns stand there: numbers as double, booleans and categories with their kinds.
//
// Why beside FeatureTable: column transforms treat a boolean and a category otherwise than a number, and a
// price level loses digits as a float32 before its mean is taken off. What leaves a transform is a
// FeatureTable again.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "market/column_table.hpp"
#include "market/timeframe.hpp"

namespace regimetry::features {

struct RawInstrument {
  std::string symbol;  // empty when the source names no instrument
  market::Timeframe timeframe;
  double bars_per_year = 0;
  std::vector<TimestampNs> timestamps;  // [T], strictly increasing
  std::vector<market::Column> columns;  // T rows each; the same names and kinds in every instrument
};

struct RawFeatures {
  std::string source;
  std::vector<RawInstrument> instruments;  // sorted by symbol
  // The columns that whoever wrote the file called features; absent when the file does not say.
  std::optional<std::vector<std::string>> features;
  nlohmann::json metadata;

  [[nodiscard]] std::int64_t row_count() const noexcept {
    std::int64_t count = 0;
    for (const RawInstrument& instrument : instruments) {
      count += static_cast<std::int64_t>(instrument.timestamps.size());
    }
    return count;
  }
};

}  // namespace regimetry::features
