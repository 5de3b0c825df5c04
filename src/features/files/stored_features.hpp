// What the columns of a feature file cannot say, kept beside them in the metadata.
//
// Stored under the key "feature_table": {"features": [column], "extras": [column], "renamed": {column: name},
// "timeframe_column": column, "instruments": [{"symbol", "timeframe", "bars_per_year", "extras"}]}.
// "renamed" lists columns that could not be called as the feature is (a second `time`, names that differ in
// case alone); an instrument has "extras" when it lacks some of the file's.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "market/timeframe.hpp"

namespace regimetry::features {

inline constexpr const char* kFeatureTableKey = "feature_table";

struct StoredInstrument {
  std::string symbol;
  market::Timeframe timeframe;
  double bars_per_year = 0;
  std::optional<std::vector<std::string>>
      extras;  // columns in the instrument's order; absent: all of the file
};

struct StoredFeatures {
  std::vector<std::string> features, extras;   // columns of the file, in its order
  std::map<std::string, std::string> renamed;  // column -> name
  std::string timeframe_column;                // empty: no symbol stands there at several timeframes
  std::vector<StoredInstrument> instruments;   // sorted by symbol

  [[nodiscard]] const std::string& name_of(const std::string& column) const;
  // Nothing when the file holds an instrument that was not stored.
  [[nodiscard]] const StoredInstrument* find(const std::string& symbol,
                                             const std::optional<market::Timeframe>& timeframe) const;
};

[[nodiscard]] nlohmann::json to_json(const StoredFeatures& stored);

// From the metadata of a file. Nothing when it does not say that write_features() made it, or when what it
// says is damaged: the file is then read like any other table.
[[nodiscard]] std::optional<StoredFeatures> stored_features(const nlohmann::json& metadata);

}  // namespace regimetry::features
