#include "windows/check_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>

#include "core/error.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureTable;

std::string name_of(const FeatureTable& table) {
  return table.symbol.empty() ? "the feature table" : table.symbol;
}

void check_one(const FeatureTable& table) {
  const auto rows = static_cast<std::size_t>(table.row_count());
  const auto features = static_cast<std::size_t>(table.feature_count());
  if (features == 0)
    throw Error(ErrorKind::kData, fmt::format("Windows: {} has no feature.", name_of(table)));
  if (table.timestamps.size() != rows || table.names.size() != features) {
    throw Error(ErrorKind::kData,
                fmt::format("Windows: {} has {} x {} values, but {} stamps and {} names.", name_of(table),
                            rows, features, table.timestamps.size(), table.names.size()));
  }
  const auto stamp =
      std::adjacent_find(table.timestamps.begin(), table.timestamps.end(), std::greater_equal<>());
  if (stamp == table.timestamps.end()) return;
  throw Error(
      ErrorKind::kData,
      fmt::format("Windows: stamps of {} must increase from row to row, but {} (row {}) is followed by {}. "
                  "Run `regimetry ingest` on the market data first.",
                  name_of(table), format_timestamp(*stamp), stamp - table.timestamps.begin(),
                  format_timestamp(*(stamp + 1))));
}

void check_same_features(const FeatureTable& first, const FeatureTable& other) {
  if (first.names == other.names) return;
  const auto [here, there] =
      std::mismatch(first.names.begin(), first.names.end(), other.names.begin(), other.names.end());
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "Windows: {} and {} have different features: number {} is '{}' in one and '{}' in the other. "
          "Compute the same feature set for all instruments.",
          name_of(first), name_of(other), here - first.names.begin() + 1,
          here == first.names.end() ? "(none)" : *here, there == other.names.end() ? "(none)" : *there));
}

}  // namespace

void check_tables(std::span<const FeatureTable> tables) {
  if (tables.empty()) throw Error(ErrorKind::kData, "Windows: there is no feature table.");
  for (const FeatureTable& table : tables) {
    check_one(table);
    check_same_features(tables.front(), table);
  }
}

}  // namespace regimetry::windows
