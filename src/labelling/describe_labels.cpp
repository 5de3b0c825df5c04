#include "labelling/describe_labels.hpp"

#include <vector>

namespace regimetry::labelling {

regimes::Structure describe_labels(const PlacedSource& placed, std::span<const std::int32_t> ids,
                                   const Rng& rng, ThreadPool& pool) {
  const std::vector<IndexRange> sequences = placed.source.sequences();
  const std::vector<double> close = close_of(placed);
  const RegimeSource& source = placed.source;
  return regimes::describe_structure(
      {ids, sequences, close, rows_per_year(source),
       source.has_row_numbers ? std::span<const TimestampNs>() : std::span(source.timestamps)},
      {}, rng, pool);
}

}  // namespace regimetry::labelling
