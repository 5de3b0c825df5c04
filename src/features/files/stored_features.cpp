#include "features/files/stored_features.hpp"

#include <algorithm>
#include <cmath>

namespace regimetry::features {
namespace {

StoredInstrument read_instrument(const nlohmann::json& entry) {
  StoredInstrument instrument;
  instrument.symbol = entry.at("symbol").get<std::string>();
  instrument.timeframe =
      market::Timeframe::parse(entry.at("timeframe").get<std::string>()).value_or(market::Timeframe{});
  instrument.bars_per_year = entry.at("bars_per_year").get<double>();
  if (entry.contains("extras")) instrument.extras = entry["extras"].get<std::vector<std::string>>();
  return instrument;
}

}  // namespace

const std::string& StoredFeatures::name_of(const std::string& column) const {
  const auto found = renamed.find(column);
  return found == renamed.end() ? column : found->second;
}

const StoredInstrument* StoredFeatures::find(const std::string& symbol,
                                             const std::optional<market::Timeframe>& timeframe) const {
  auto found = std::lower_bound(instruments.begin(), instruments.end(), symbol,
                                [](const StoredInstrument& instrument, const std::string& wanted) {
                                  return instrument.symbol < wanted;
                                });
  for (; found != instruments.end() && found->symbol == symbol; ++found) {
    if (!timeframe || found->timeframe == *timeframe) return &*found;
  }
  return nullptr;
}

nlohmann::json to_json(const StoredFeatures& stored) {
  nlohmann::json instruments = nlohmann::json::array();
  for (const StoredInstrument& instrument : stored.instruments) {
    const double bars = instrument.bars_per_year;
    nlohmann::json entry = {{"symbol", instrument.symbol},
                            {"timeframe", instrument.timeframe.name()},
                            {"bars_per_year", std::isfinite(bars) ? bars : 0.0}};
    if (instrument.extras) entry["extras"] = *instrument.extras;
    instruments.push_back(std::move(entry));
  }
  nlohmann::json json = {{"features", stored.features},
                         {"extras", stored.extras},
                         {"renamed", stored.renamed},
                         {"instruments", std::move(instruments)}};
  if (!stored.timeframe_column.empty()) json["timeframe_column"] = stored.timeframe_column;
  return json;
}

std::optional<StoredFeatures> stored_features(const nlohmann::json& metadata) {
  if (!metadata.is_object() || !metadata.contains(kFeatureTableKey)) return std::nullopt;
  try {
    const nlohmann::json& json = metadata[kFeatureTableKey];
    StoredFeatures stored;
    stored.features = json.at("features").get<std::vector<std::string>>();
    stored.extras = json.at("extras").get<std::vector<std::string>>();
    stored.renamed = json.at("renamed").get<std::map<std::string, std::string>>();
    stored.timeframe_column = json.value("timeframe_column", "");
    for (const nlohmann::json& entry : json.at("instruments")) {
      stored.instruments.push_back(read_instrument(entry));
    }
    std::stable_sort(
        stored.instruments.begin(), stored.instruments.end(),
        [](const StoredInstrument& a, const StoredInstrument& b) { return a.symbol < b.symbol; });
    return stored;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace regimetry::features
