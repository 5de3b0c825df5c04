// Feature tables made of plain columns, for the audits' tests.
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "features/audit/computation.hpp"

namespace regimetry::features {

using Values = std::vector<double>;
using ValuesOf = std::function<Values(const market::Bars&)>;

inline FeatureTable table_of(const market::Bars& bars,
                             const std::vector<std::pair<std::string, Values>>& columns) {
  FeatureTable table;
  table.symbol = bars.symbol;
  table.timeframe = bars.timeframe;
  table.timestamps = bars.timestamps;
  table.values.resize(bars.size(), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t k = 0; k < columns.size(); ++k) {
    table.names.push_back(columns[k].first);
    for (Eigen::Index t = 0; t < table.values.rows(); ++t)
      table.values(t, static_cast<Eigen::Index>(k)) =
          static_cast<float>(columns[k].second[static_cast<std::size_t>(t)]);
  }
  return table;
}

// Computes the given columns of each instrument.
inline FeatureComputation computation_of(std::vector<std::pair<std::string, ValuesOf>> columns) {
  return [columns = std::move(columns)](const market::Bars& bars) {
    std::vector<std::pair<std::string, Values>> computed;
    for (const auto& [name, compute] : columns) computed.emplace_back(name, compute(bars));
    return table_of(bars, computed);
  };
}

// A value per row from the row's index.
inline Values per_row(std::size_t count, const std::function<double(std::size_t)>& value) {
  Values series(count);
  for (std::size_t t = 0; t < count; ++t) series[t] = value(t);
  return series;
}

// The mean of rows first .. last, both clamped to the series.
inline double mean_between(const Values& values, std::int64_t first, std::int64_t last) {
  double sum = 0;
  const std::int64_t begin = std::max<std::int64_t>(0, first);
  const std::int64_t end = std::min(static_cast<std::int64_t>(values.size()) - 1, last);
  for (std::int64_t t = begin; t <= end; ++t) sum += values[static_cast<std::size_t>(t)];
  return sum / static_cast<double>(end - begin + 1);
}

}  // namespace regimetry::features
