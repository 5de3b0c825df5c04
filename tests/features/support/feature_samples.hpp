// Feature tables for tests, and whether two are the same to the bit.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "features/feature_table.hpp"

namespace regimetry::features {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr float kNaNF = std::numeric_limits<float>::quiet_NaN();

inline market::Column number_column(std::string name, std::vector<double> values,
                                    market::ColumnKind kind = market::ColumnKind::kNumber) {
  market::Column column;
  column.name = std::move(name);
  column.kind = kind;
  column.numbers = std::move(values);
  return column;
}

// Empty words are missing.
inline market::Column word_column(std::string name, const std::vector<std::string>& words) {
  market::Column column;
  column.name = std::move(name);
  column.kind = market::ColumnKind::kCategory;
  for (const std::string& word : words) {
    auto found = std::find(column.categories.begin(), column.categories.end(), word);
    if (word.empty()) {
      column.codes.push_back(market::kMissingCode);
      continue;
    }
    if (found == column.categories.end()) found = column.categories.insert(found, word);
    column.codes.push_back(static_cast<std::int32_t>(found - column.categories.begin()));
  }
  return column;
}

// Numbers of every size, a tenth of them missing.
inline FeatureTable random_features(const std::string& symbol, std::int64_t rows, std::int64_t features,
                                    std::uint64_t seed) {
  RngStream rng = Rng(seed).stream("test");
  FeatureTable table;
  table.symbol = symbol;
  table.timeframe = market::Timeframe{kNsPerDay, 0};
  table.bars_per_year = 252.1 + static_cast<double>(seed) / 3;
  table.values.resize(rows, features);
  for (std::int64_t f = 0; f < features; ++f) table.names.push_back(fmt::format("feature_{}", f));
  for (std::int64_t row = 0; row < rows; ++row) {
    table.timestamps.push_back(1'500'000'000 * kNsPerSecond + row * kNsPerDay);
    for (std::int64_t f = 0; f < features; ++f) {
      const double value = std::exp(8 * rng.normal()) * (rng.uniform() < 0.5 ? -1 : 1);
      table.values(row, f) = rng.uniform() < 0.1 ? kNaNF : static_cast<float>(value);
    }
  }
  return table;
}

inline std::vector<std::uint32_t> bits_of(const MatrixF& values) {
  std::vector<std::uint32_t> bits;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const float value = values.data()[i];
    bits.push_back(std::isnan(value) ? 0x7fc00000U : std::bit_cast<std::uint32_t>(value));
  }
  return bits;
}

inline std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  for (const double value : values) {
    bits.push_back(std::isnan(value) ? 0x7ff8000000000000U : std::bit_cast<std::uint64_t>(value));
  }
  return bits;
}

inline std::vector<std::string> words_of(const market::Column& column) {
  std::vector<std::string> words;
  for (const std::int32_t code : column.codes) {
    words.push_back(code == market::kMissingCode ? "" : column.categories[static_cast<std::size_t>(code)]);
  }
  return words;
}

inline void expect_same(const market::Column& a, const market::Column& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(market::kind_name(a.kind), market::kind_name(b.kind)) << a.name;
  EXPECT_EQ(bits_of(a.numbers), bits_of(b.numbers)) << a.name;
  EXPECT_EQ(words_of(a), words_of(b)) << a.name;
  EXPECT_EQ(a.times, b.times) << a.name;
}

inline void expect_same(const FeatureTable& a, const FeatureTable& b) {
  EXPECT_EQ(a.symbol, b.symbol);
  EXPECT_EQ(a.timeframe.name(), b.timeframe.name());
  EXPECT_EQ(a.bars_per_year, b.bars_per_year);
  EXPECT_EQ(a.timestamps, b.timestamps);
  EXPECT_EQ(a.names, b.names);
  ASSERT_EQ(a.values.rows(), b.values.rows());
  ASSERT_EQ(a.values.cols(), b.values.cols());
  EXPECT_EQ(bits_of(a.values), bits_of(b.values)) << a.symbol;
  ASSERT_EQ(a.extras.size(), b.extras.size()) << a.symbol;
  for (std::size_t i = 0; i < a.extras.size(); ++i) expect_same(a.extras[i], b.extras[i]);
}

inline void expect_same(const FeatureData& a, const FeatureData& b) {
  ASSERT_EQ(a.instruments.size(), b.instruments.size());
  for (std::size_t i = 0; i < a.instruments.size(); ++i) expect_same(a.instruments[i], b.instruments[i]);
}

}  // namespace regimetry::features
