// What was recognised about a source file, for people and for machines.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "market/reading/read_market.hpp"

namespace regimetry::market {

// One line: "eurusd.csv: Dukascopy CSV, separator ',', decimal mark '.', stamps DD.MM.YYYY HH:MM:SS.fff in
// UTC; 4,316 rows".
[[nodiscard]] std::string describe_source(const SourceFile& source);
[[nodiscard]] nlohmann::json to_json(const SourceFile& source);

}  // namespace regimetry::market
