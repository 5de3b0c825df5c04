// What columns cannot say about an instrument, kept beside them: the nominal timeframe and what a stamp
// means.
//
// Stored in the metadata under the key "instruments": [{"symbol", "timeframe", "stamp"}, ...].
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::market {

[[nodiscard]] nlohmann::json instrument_facts(const std::vector<Bars>& instruments);

// Sets timeframe, bars_per_year and stamp_meaning of bars that were just read. The timeframe is
// `known_timeframe` when there is one, else the one stored for the symbol, else inferred; bars per year are
// always measured from the stamps.
void settle_instrument_facts(Bars& bars, std::optional<Timeframe> known_timeframe,
                             const nlohmann::json& metadata);

}  // namespace regimetry::market
