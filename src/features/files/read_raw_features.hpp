// One file of features -> its columns with their kinds, parted by instrument.
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/files/group_instruments.hpp"
#include "features/files/raw_features.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::features {

// Reads what read_features() reads. Memory: each column of the file is freed when its values have gone to the
// instruments.
[[nodiscard]] RawFeatures read_raw_features(const std::filesystem::path& path,
                                            const market::ReadOptions& options, ThreadPool& pool,
                                            Observer& observer);

// How to read a file: for one of write_features() its dialect and zone are known and nothing is left to
// recognition, for any other as the options say.
struct FileReading {
  market::ReadOptions options;
  bool is_stored_parquet = false;  // by write_features(), so that columns can be read one by one
};
[[nodiscard]] FileReading settle_reading(const std::filesystem::path& path,
                                         const market::ReadOptions& options, ThreadPool& pool);

// The file with its instruments found but not yet parted.
[[nodiscard]] GroupedSignals read_grouped_signals(const std::filesystem::path& path,
                                                  const market::ReadOptions& settled, ThreadPool& pool,
                                                  Observer& observer);

// The values of one instrument, categories numbered anew in order of first appearance.
[[nodiscard]] market::Column take_column_of(const market::Column& column, const market::RowGroups& rows,
                                            std::int64_t instrument);

}  // namespace regimetry::features
