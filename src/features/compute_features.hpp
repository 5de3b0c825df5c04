// The front door of research: bars and a feature set -> feature tables.
//
// Same bits as FeatureStream gives bar by bar, at any thread count and block size: both run the same steps.
// Memory: the tables, and next to nothing beside them; features across instruments add one double per bar and
// stage.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/feature_memory.hpp"
#include "features/feature_table.hpp"
#include "features/sets/feature_set.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

struct ComputeOptions {
  // Bars per block. Larger blocks spread the fixed costs over more bars until their columns leave the cache.
  std::int64_t block_size = 256;
  // Symbol -> sector, for features that compare within sectors. Symbols that are not listed are at each bar
  // in the sector that their column `sector` named last; with neither they are in none, and such features
  // missing.
  std::map<std::string, std::string> sector_of_symbol;
  // Whether further columns of the bars (Bars::extras) come along in the tables.
  bool keep_extras = true;
  // Whether a history too short for a feature is refused; else that feature is missing throughout. Audits
  // compute on histories of any length.
  bool refuse_short_history = true;
  // Continue where this left off: the bars then are those that came since. Instruments it does not know begin
  // anew.
  const FeatureMemory* from = nullptr;
  // Filled with what to continue from after the last bar. Instruments of `from` that have no bars this time
  // are kept.
  FeatureMemory* to = nullptr;
};

// What stands in the way of computing `set` from `data`: a column that an instrument lacks or that is empty.
struct MissingColumn {
  std::string column;
  std::string symbol;                 // the first instrument that lacks it
  std::vector<std::string> features;  // that need it
};
// `needs_values`: an empty column counts as missing, too.
[[nodiscard]] std::vector<MissingColumn> missing_columns(const market::MarketData& data,
                                                         const FeatureSet& set, bool needs_values = true);

// Throws Error (kData): a column that a feature needs is missing or empty; no instrument is long enough for a
// feature to have a single value (unless allowed). Warns about instruments that are shorter than the warm-up.
[[nodiscard]] FeatureData compute_features(const market::MarketData& data, const FeatureSet& set,
                                           const ComputeOptions& options, ThreadPool& pool,
                                           Observer& observer);

}  // namespace regimetry::features
