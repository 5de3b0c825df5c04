// Which sector each instrument belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "market/market_data.hpp"

namespace regimetry::features {

// A number per instrument, equal for equal sectors: from the map, else the first word of its column `sector`
// (in any case); all instruments with neither share one.
[[nodiscard]] std::vector<std::int32_t> sector_numbers(
    const market::MarketData& data, const std::map<std::string, std::string>& sector_of_symbol);

// Of those for whom neither the map nor a column names a sector.
[[nodiscard]] std::vector<std::string> symbols_without_sector(
    const market::MarketData& data, const std::map<std::string, std::string>& sector_of_symbol);

}  // namespace regimetry::features
