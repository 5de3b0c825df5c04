#include "features/feature_summary.hpp"

#include <algorithm>
#include <cmath>

#include "features/operators/missing.hpp"

namespace regimetry::features {
namespace {

FeatureSummary summarise_column(const FeatureData& data, Eigen::Index column, std::vector<float>& values) {
  values.clear();
  FeatureSummary summary{0, kMissing, kMissing, kMissing, kMissing, kMissing};
  double sum = 0;
  for (const FeatureTable& table : data.instruments) {
    for (Eigen::Index row = 0; row < table.values.rows(); ++row) {
      const float value = table.values(row, column);
      if (std::isnan(value)) {
        ++summary.missing;
        continue;
      }
      values.push_back(value);
      sum += value;
    }
  }
  if (values.empty()) return summary;
  const auto count = static_cast<double>(values.size());
  summary.mean = sum / count;
  double squares = 0;
  for (const float value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.deviation = std::sqrt(squares / count);
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  summary.lowest = *low;
  summary.highest = *high;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  summary.median = *middle;
  if (values.size() % 2 == 0)
    summary.median = 0.5 * (summary.median + *std::max_element(values.begin(), middle));
  return summary;
}

}  // namespace

std::vector<FeatureSummary> summarise(const FeatureData& data, ThreadPool& pool) {
  if (data.instruments.empty()) return {};
  const std::int64_t count = data.instruments.front().feature_count();
  std::vector<FeatureSummary> summaries(static_cast<std::size_t>(count));
  pool.parallel_for(count, 1, [&](IndexRange range) {
    std::vector<float> values;
    for (std::int64_t k = range.begin; k < range.end; ++k)
      summaries[static_cast<std::size_t>(k)] = summarise_column(data, k, values);
  });
  return summaries;
}

}  // namespace regimetry::features
