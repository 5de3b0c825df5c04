// What columns cannot say about an instrument, kept beside them: the nominal timeframe and what a stamp
// means.
//
// Stored in the metadata under the key "instruments": [{"symbol", "timeframe", "stamp"}, ...].
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::market {

[[nodiscard]] nlohmann::json instrument_facts(const std::vector<Bars>& instruments);

// The stored facts of many instruments, found by symbol.
class StoredInstrumentFacts {
 public:
  // Null, or metadata without facts, is fine: nothing is known then.
  explicit StoredInstrumentFacts(const nlohmann::json& metadata);

  // Sets timeframe, bars_per_year and stamp_meaning of bars that were just read. The timeframe is
  // `known_timeframe` when there is one, else the one stored for the symbol, else inferred; bars per year are
  // always measured from the stamps.
  void settle(Bars& bars, std::optional<Timeframe> known_timeframe) const;

 private:
  struct Facts {
    std::optional<Timeframe> timeframe;
    StampMeaning stamp_meaning = StampMeaning::kBarStart;
  };
  std::unordered_map<std::string, std::vector<Facts>> by_symbol_;  // one per timeframe
};

}  // namespace regimetry::market
