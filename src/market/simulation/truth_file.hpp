// The truth about a simulated market as one JSON document, for readers that want no columns.
//
// Gives:  the members of metadata["simulation"] (seed, regimes, oracle_scores, defects, ...), "config" (the
//         resolved settings, when the metadata hold them), and "truth": per instrument an object with
//         "symbol", "timestamp" (ISO, UTC) and an array for each column true_*, oracle_*, planted_signal and
//         split_ratio, under the name of the column. Labels are names of regimes, numbers read back to the
//         same bits, what is missing is null.
// Shape:  T values per array, one for each row of the instrument, in the order of `data`.
// Size:   written column by column, one line each, never as a whole in memory.
#pragma once

#include <filesystem>

#include "market/market_data.hpp"

namespace regimetry::market {

// Throws Error when the file cannot be written; then nothing is left of it.
void write_truth_file(const std::filesystem::path& path, const MarketData& data);

}  // namespace regimetry::market
