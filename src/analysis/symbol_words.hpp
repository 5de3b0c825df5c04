// Symbols as people write them: EUR_USD, EUR/USD and eurusd are one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regimetry::analysis {

[[nodiscard]] bool is_same_symbol(std::string_view one, std::string_view other);
// The first few, for a message: "EURUSD, GBPUSD and 7 more".
[[nodiscard]] std::string listed_symbols(const std::vector<std::string>& symbols);

}  // namespace regimetry::analysis
