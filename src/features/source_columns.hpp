// Where the sources of a graph lie in memory for one instrument.
//
// Owner: points into the bars, which must outlive it; owns what the bars do not hold as doubles (time, absent
// columns).
#pragma once

#include <cstdint>
#include <vector>

#include "features/graph/series_graph.hpp"
#include "market/bars.hpp"

namespace regimetry::features {

class SourceColumns {
 public:
  // A further column that the bars lack, or that is not numeric, counts as missing on every bar.
  SourceColumns(const SeriesGraph& graph, const market::Bars& bars);

  // Lends the values of an across-source.
  void set(std::size_t source, const double* column) { columns_[source] = column; }
  // at[i]: the columns from bar `begin` on; null where an across-source has not been lent yet.
  void fill(std::int64_t begin, std::vector<const double*>& at) const;

 private:
  std::vector<const double*> columns_;
  std::vector<std::vector<double>> owned_;
};

// The column of a named field.
[[nodiscard]] const std::vector<double>& field_column(const market::Bars& bars, BarField field) noexcept;

// The numbers of a further column, or null when the bars have none of that name or it is no number or
// boolean.
[[nodiscard]] const market::Column* find_numeric_extra(const market::Bars& bars, const std::string& name);

// UTC seconds of a stamp, rounded down also before 1970.
[[nodiscard]] double whole_seconds(TimestampNs stamp) noexcept;

}  // namespace regimetry::features
