#include "features/feature_summary.hpp"

#include <algorithm>
#include <cmath>

#include "features/operators/missing.hpp"

namespace regimetry::features {
namespace {

// Columns that are gathered together: what a cache line of a row holds, so that it is read once.
constexpr std::int64_t kColumnsAtOnce = 16;

// The values of columns [begin, end) that are not missing, a vector per column.
std::vector<std::vector<float>> gather(const FeatureData& data, IndexRange columns) {
  std::vector<std::vector<float>> values(static_cast<std::size_t>(columns.size()));
  for (auto& column : values) column.reserve(static_cast<std::size_t>(data.row_count()));
  for (const FeatureTable& table : data.instruments) {
    for (Eigen::Index row = 0; row < table.values.rows(); ++row) {
      for (std::int64_t k = columns.begin; k < columns.end; ++k) {
        const float value = table.values(row, k);
        if (!std::isnan(value)) values[static_cast<std::size_t>(k - columns.begin)].push_back(value);
      }
    }
  }
  return values;
}

double median_of(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5 * (static_cast<double>(*middle) + *std::max_element(values.begin(), middle));
}

// Reorders the values.
FeatureSummary summarise_column(std::vector<float>& values, std::int64_t row_count) {
  FeatureSummary summary{0, kMissing, kMissing, kMissing, kMissing, kMissing};
  summary.missing = row_count - static_cast<std::int64_t>(values.size());
  if (values.empty()) return summary;
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  for (const float value : values) sum += value;
  summary.mean = sum / count;
  double squares = 0;
  for (const float value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.deviation = std::sqrt(squares / count);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  summary.lowest = *low;
  summary.highest = *high;
  summary.median = median_of(values);
  return summary;
}

}  // namespace

std::vector<FeatureSummary> summarise(const FeatureData& data, std::int64_t feature_count, ThreadPool& pool) {
  std::vector<FeatureSummary> summaries(static_cast<std::size_t>(feature_count));
  const std::int64_t row_count = data.row_count();
  pool.parallel_for(feature_count, kColumnsAtOnce, [&](IndexRange columns) {
    std::vector<std::vector<float>> values = gather(data, columns);
    for (std::int64_t k = columns.begin; k < columns.end; ++k) {
      summaries[static_cast<std::size_t>(k)] =
          summarise_column(values[static_cast<std::size_t>(k - columns.begin)], row_count);
    }
  });
  return summaries;
}

}  // namespace regimetry::features
