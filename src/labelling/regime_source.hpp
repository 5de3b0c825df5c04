// The rows that regimes are made of, from a file: embeddings, or a table of features.
//
// Shape:  values [N, D]; timestamps [N] of the last bar that each row reads.
// Order:  by instrument, then by time.
// Time:   a scale that was learned from later rows, as `embed` does unless told otherwise, makes every row
// know
//         a little of its future. `scale_known_from` says from when on that is not so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/time.hpp"
#include "features/transform/feature_columns.hpp"
#include "market/reading/read_options.hpp"
#include "market/timeframe.hpp"

namespace regimetry::labelling {

struct SourceInstrument {
  std::string symbol;  // empty when the source names none
  market::Timeframe timeframe;
  double bars_per_year = 0;  // 0: not known
  IndexRange rows;           // of RegimeSource::values; not empty
};

struct RegimeSource {
  std::string path;  // as the user gave it
  MatrixF values;    // finite
  std::vector<TimestampNs> timestamps;
  std::vector<SourceInstrument> instruments;
  std::vector<std::string> columns;  // names of the columns of a feature table; empty for embeddings
  bool is_embedding = false;
  bool has_row_numbers = false;  // no stamps are known: they count rows
  std::int64_t window_size = 0;  // bars each row looks back over, as its metadata says; 0: unknown
  std::int64_t stride = 0;       // bars from one row to the next; 0: unknown
  std::string encoder_digest, transform_digest;
  std::optional<TimestampNs> scale_known_from;  // absent: always, or not known

  [[nodiscard]] std::int64_t size() const noexcept { return values.rows(); }
  [[nodiscard]] std::vector<IndexRange> sequences() const;
  [[nodiscard]] std::vector<std::string> symbols() const;  // of each instrument
};

// `.npy` as embeddings (with or without what `embed` writes beside it), anything else as features, whose rows
// with a missing value are left out and told in a note. Throws Error naming what is wrong.
[[nodiscard]] RegimeSource read_regime_source(const std::filesystem::path& path,
                                              const features::FeatureColumnOptions& columns,
                                              const market::ReadOptions& reading, ThreadPool& pool,
                                              Observer& observer);

}  // namespace regimetry::labelling
