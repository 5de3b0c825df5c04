// Feature tables for tests: small ones whose values say where they stand, and random ones with gaps, holes
// and instruments that come and go.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/rng.hpp"
#include "features/feature_table.hpp"

namespace regimetry::windows {

inline constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

// Daily rows from 1970-01-01; the value at (row, feature) is 100 * row + feature.
inline features::FeatureTable plain_table(std::int64_t rows, std::int64_t feature_count = 2,
                                          std::string symbol = "AAA") {
  features::FeatureTable table;
  table.symbol = std::move(symbol);
  table.timeframe = {kNsPerDay, 0};
  for (std::int64_t i = 0; i < feature_count; ++i) table.names.push_back("f" + std::to_string(i));
  table.values.resize(rows, feature_count);
  for (std::int64_t row = 0; row < rows; ++row) {
    table.timestamps.push_back(row * kNsPerDay);
    for (std::int64_t i = 0; i < feature_count; ++i) table.values(row, i) = static_cast<float>(100 * row + i);
  }
  return table;
}

// Moves the rows from `row` on so that `steps` days lie before it.
inline void open_gap(features::FeatureTable& table, std::int64_t row, std::int64_t steps) {
  for (auto i = static_cast<std::size_t>(row); i < table.timestamps.size(); ++i) {
    table.timestamps[i] += (steps - 1) * kNsPerDay;
  }
}

inline std::int64_t between(RngStream& random, std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most - least + 1)));
}

// Makes the daily rows of a table bars of four hours, six where one was.
inline void make_intraday(features::FeatureTable& table) {
  table.timeframe = {4 * kNsPerHour, 0};
  const TimestampNs first = table.timestamps.front();
  for (TimestampNs& stamp : table.timestamps) stamp = first + (stamp - first) / 6;
}

// 1 to 4 instruments of 120 to 240 rows that begin on different days, with steps of up to 12 days, a warm-up,
// and missing values if `with_missing`. One in four has bars of four hours among others of a day.
inline features::FeatureData random_features(RngStream& random, bool with_missing = true) {
  features::FeatureData data;
  const std::int64_t instruments = between(random, 1, 4);
  for (std::int64_t k = 0; k < instruments; ++k) {
    features::FeatureTable table = plain_table(between(random, 120, 240), between(random, 3, 3),
                                               std::string(3, static_cast<char>('A' + k)));
    open_gap(table, 0, between(random, 1, 60));
    for (std::int64_t row = 1; row < table.row_count(); ++row) {
      if (random.uniform() < 0.03) open_gap(table, row, between(random, 2, 12));
    }
    if (random.uniform() < 0.25) make_intraday(table);
    const std::int64_t warm_up = with_missing ? between(random, 0, 5) : 0;
    for (std::int64_t row = 0; row < table.row_count(); ++row) {
      for (std::int64_t i = 0; i < table.feature_count(); ++i) {
        const bool is_missing = row < warm_up - i || (with_missing && random.uniform() < 0.005);
        table.values(row, i) = is_missing ? kMissing : static_cast<float>(random.normal());
      }
    }
    data.instruments.push_back(std::move(table));
  }
  return data;
}

}  // namespace regimetry::windows
