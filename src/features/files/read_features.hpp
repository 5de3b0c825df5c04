// One file -> features of its instruments: what write_features() wrote, any table with a time column, a .npy
// matrix.
//
// Of files of write_features() everything comes back, to the bit: features, extras, timeframes, metadata. Of
// any other table, number and boolean columns become features and the rest extras, as do the answers (true_,
// oracle_) of a simulated market; a column that says the symbol parts the rows into instruments. A .npy
// matrix without names has its row numbers as time. Memory: the matrices, and beside them 16 columns as
// double for Parquet files of write_features(); of other
//         tables all columns, each freed once it is in place.
#pragma once

#include <filesystem>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/feature_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::features {

// Instruments sorted by symbol, rows by time. Throws Error (kData) naming the file: no time column, a stamp
// missing or twice in one instrument, a number that no float32 can hold.
[[nodiscard]] FeatureData read_features(const std::filesystem::path& path, const market::ReadOptions& options,
                                        ThreadPool& pool, Observer& observer);

}  // namespace regimetry::features
