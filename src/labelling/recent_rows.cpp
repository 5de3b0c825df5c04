#include "labelling/recent_rows.hpp"

#include <algorithm>

#include "core/gather.hpp"

namespace regimetry::labelling {

std::vector<std::int64_t> recent_rows(const RegimeSource& source, std::int64_t most_rows) {
  const std::int64_t most_of_each =
      std::max<std::int64_t>(1, most_rows / static_cast<std::int64_t>(source.instruments.size()));
  std::vector<std::int64_t> rows;
  for (const SourceInstrument& one : source.instruments)
    for (std::int64_t row = std::max(one.rows.begin, one.rows.end - most_of_each); row < one.rows.end; ++row)
      rows.push_back(row);
  return rows;
}

RegimeSource source_of_rows(const RegimeSource& source, const std::vector<std::int64_t>& rows) {
  RegimeSource taken = source;
  taken.values = source.values(rows, Eigen::all);
  taken.timestamps = gather(source.timestamps, rows);
  taken.instruments.clear();
  for (const SourceInstrument& one : source.instruments) {
    const auto begin = std::lower_bound(rows.begin(), rows.end(), one.rows.begin) - rows.begin();
    const auto end = std::lower_bound(rows.begin(), rows.end(), one.rows.end) - rows.begin();
    if (begin == end) continue;
    taken.instruments.push_back(one);
    taken.instruments.back().rows = {begin, end};
  }
  return taken;
}

}  // namespace regimetry::labelling
