#include "features/audit/compare_past.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <span>

namespace regimetry::features {
namespace {

bool are_same(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

// How far apart, so that a value against none counts as furthest.
double distance(float a, float b) {
  const double apart = std::abs(static_cast<double>(a) - static_cast<double>(b));
  return std::isfinite(apart) ? apart : std::numeric_limits<double>::max();
}

const FeatureTable* find_table(const FeatureData& data, const FeatureTable& like, std::size_t hint) {
  const auto matches = [&](const FeatureTable& table) {
    return table.symbol == like.symbol && table.timeframe == like.timeframe;
  };
  if (hint < data.instruments.size() && matches(data.instruments[hint])) return &data.instruments[hint];
  const auto found = std::find_if(data.instruments.begin(), data.instruments.end(), matches);
  return found == data.instruments.end() ? nullptr : &*found;
}

std::optional<ShapeChange> compare_rows(std::size_t instrument, const FeatureTable& reference,
                                        std::int64_t reference_rows, const FeatureTable& other,
                                        std::int64_t other_rows) {
  const auto begin = reference.timestamps.begin();
  const auto [here, there] = std::mismatch(begin, begin + reference_rows, other.timestamps.begin(),
                                           other.timestamps.begin() + other_rows);
  const std::int64_t row = here - begin;
  if (row == reference_rows && row == other_rows) return std::nullopt;
  const TimestampNs stamp = row < reference_rows ? *here : *there;
  return ShapeChange{
      instrument, false, stamp,
      fmt::format("{} rows with the whole history, {} with another future", reference_rows, other_rows)};
}

std::optional<ShapeChange> compare_names(std::size_t instrument, const FeatureTable& reference,
                                         const FeatureTable& other) {
  if (reference.names == other.names) return std::nullopt;
  const auto lacks = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) == names.end();
  };
  const TimestampNs stamp = reference.timestamps.empty() ? 0 : reference.timestamps.front();
  for (const std::string& name : reference.names) {
    if (lacks(other.names, name))
      return ShapeChange{instrument, true, stamp, fmt::format("'{}' is absent with another future", name)};
  }
  for (const std::string& name : other.names) {
    if (lacks(reference.names, name))
      return ShapeChange{instrument, true, stamp, fmt::format("'{}' appears with another future", name)};
  }
  return ShapeChange{instrument, true, stamp, "the order of the features is another with another future"};
}

PastChange examine_column(std::size_t instrument, std::size_t feature, const MatrixF& reference,
                          const MatrixF& other, std::int64_t rows) {
  PastChange change;
  change.instrument = instrument, change.feature = feature, change.rows_compared = rows;
  const auto column = static_cast<Eigen::Index>(feature);
  double furthest = -1;
  for (Eigen::Index row = 0; row < rows; ++row) {
    const float before = reference(row, column), after = other(row, column);
    if (are_same(before, after)) continue;
    if (change.rows_changed++ == 0)
      change.first_row = row, change.first_before = before, change.first_after = after;
    if (distance(before, after) <= furthest) continue;
    furthest = distance(before, after);
    change.before = before, change.after = after;
  }
  return change;
}

// Cells in which either holds a value: missing beside missing compares nothing.
std::int64_t count_values(std::span<const float> a, std::span<const float> b) {
  constexpr std::size_t kBlock = 1U << 16U;  // counted in 32 bits, which the compiler does many at a time
  std::int64_t total = 0;
  for (std::size_t begin = 0; begin < a.size(); begin += kBlock) {
    const std::size_t end = std::min(a.size(), begin + kBlock);
    std::int32_t count = 0;
    for (std::size_t i = begin; i < end; ++i)
      count += static_cast<int>(a[i] == a[i]) | static_cast<int>(b[i] == b[i]);
    total += count;
  }
  return total;
}

void compare_values(std::size_t instrument, const FeatureTable& reference, const FeatureTable& other,
                    std::int64_t rows, PastComparison& result) {
  // Both are row-major with the same width, so a common past is one run of cells.
  const auto cells = static_cast<std::size_t>(rows * reference.feature_count());
  result.values_compared += count_values({reference.values.data(), cells}, {other.values.data(), cells});
  const std::size_t bytes = cells * sizeof(float);
  if (bytes == 0 || std::memcmp(reference.values.data(), other.values.data(), bytes) == 0) return;
  for (std::size_t feature = 0; feature < reference.names.size(); ++feature) {
    const PastChange change = examine_column(instrument, feature, reference.values, other.values, rows);
    if (change.rows_changed > 0) result.values.push_back(change);
  }
}

}  // namespace

PastComparison compare_past(const FeatureData& reference, const FeatureData& other,
                            std::span<const BarClock> clocks, TimestampNs moment) {
  PastComparison result;
  for (std::size_t i = 0; i < reference.instruments.size(); ++i) {
    const FeatureTable& table = reference.instruments[i];
    const std::int64_t rows = clocks[i].count_known(table.timestamps, moment);
    const FeatureTable* twin = find_table(other, table, i);
    if (twin == nullptr) {
      if (rows > 0) {
        result.shapes.push_back(
            {i, false, table.timestamps.front(), "the instrument is absent with another future"});
      }
      continue;
    }
    if (auto names = compare_names(i, table, *twin)) {
      result.shapes.push_back(std::move(*names));
      continue;
    }
    const std::int64_t twin_rows = clocks[i].count_known(twin->timestamps, moment);
    if (auto shape = compare_rows(i, table, rows, *twin, twin_rows)) {
      result.shapes.push_back(std::move(*shape));
      continue;
    }
    compare_values(i, table, *twin, rows, result);
  }
  return result;
}

}  // namespace regimetry::features
