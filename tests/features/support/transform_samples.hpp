// Raw tables for tests of transforms, and plain references written from the definitions.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "features/files/raw_features.hpp"
#include "features/support/feature_samples.hpp"
#include "features/transform/column_transform.hpp"

namespace regimetry::features {

// Daily rows from 2020-01-01 on.
inline constexpr TimestampNs kFirstDay = 18'262 * kNsPerDay;

// From one day to another, both included and counted from kFirstDay; absent: open.
inline RowSpan days(std::optional<std::int64_t> first, std::optional<std::int64_t> last) {
  RowSpan span;
  if (first) span.first = kFirstDay + *first * kNsPerDay;
  if (last) span.last = kFirstDay + (*last + 1) * kNsPerDay - 1;
  return span;
}

inline RawInstrument raw_instrument(const std::string& symbol, std::vector<market::Column> columns) {
  RawInstrument instrument;
  instrument.symbol = symbol;
  instrument.timeframe = market::Timeframe{kNsPerDay, 0};
  for (std::int64_t row = 0; row < columns.front().row_count(); ++row) {
    instrument.timestamps.push_back(kFirstDay + row * kNsPerDay);
  }
  instrument.columns = std::move(columns);
  return instrument;
}

inline RawFeatures raw_features(std::vector<RawInstrument> instruments) {
  RawFeatures raw;
  raw.source = "table.csv";
  raw.instruments = std::move(instruments);
  return raw;
}

inline RawFeatures raw_features(std::vector<market::Column> columns) {
  return raw_features(std::vector<RawInstrument>{raw_instrument("", std::move(columns))});
}

inline std::vector<std::string> names_of(const RawFeatures& raw) {
  std::vector<std::string> names;
  for (const market::Column& column : raw.instruments.front().columns) names.push_back(column.name);
  return names;
}

// Numbers with gaps and infinities, booleans and words, in several instruments.
inline RawFeatures random_raw(int instrument_count, std::int64_t rows, std::uint64_t seed) {
  std::vector<RawInstrument> instruments;
  for (int i = 0; i < instrument_count; ++i) {
    RngStream rng = Rng(seed).stream("raw", static_cast<std::uint64_t>(i));
    std::vector<double> level, heavy, flag;
    std::vector<std::string> words;
    const std::vector<std::string> known{"calm", "wild", "", "up"};
    for (std::int64_t row = 0; row < rows; ++row) {
      level.push_back(rng.uniform() < 0.1 ? kNaN : 1e6 + 1e-3 * rng.normal());
      const double u = rng.uniform();
      heavy.push_back(u < 0.02 ? INFINITY : std::exp(3 * rng.normal()));
      flag.push_back(u < 0.1 ? kNaN : (u < 0.4 ? 1 : 0));
      words.push_back(known[static_cast<std::size_t>(rng.uniform() * 4)]);
    }
    instruments.push_back(raw_instrument(
        std::string(1, static_cast<char>('A' + i)),
        {number_column("level", level), number_column("heavy", heavy),
         number_column("flag", flag, market::ColumnKind::kBoolean), word_column("mood", words)}));
  }
  return raw_features(std::move(instruments));
}

inline std::vector<long double> present_of(const std::vector<double>& values) {
  std::vector<long double> present;
  for (const double value : values) {
    if (std::isfinite(value)) present.push_back(value);
  }
  return present;
}

inline long double plain_quantile(std::vector<long double> values, long double share) {
  std::sort(values.begin(), values.end());
  const long double position = share * static_cast<long double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(position));
  if (below + 1 == values.size()) return values[below];
  return values[below] + (position - static_cast<long double>(below)) * (values[below + 1] - values[below]);
}

inline long double plain_mean(const std::vector<long double>& values) {
  long double sum = 0;
  for (const long double value : values) sum += value;
  return sum / static_cast<long double>(values.size());
}

inline long double plain_deviation(const std::vector<long double>& values) {
  const long double mean = plain_mean(values);
  long double sum = 0;
  for (const long double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<long double>(values.size()));
}

}  // namespace regimetry::features
