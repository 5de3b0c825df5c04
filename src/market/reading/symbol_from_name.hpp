// The symbol that the name of a file tells, for files whose rows name none.
#pragma once

#include <filesystem>
#include <string>

namespace regimetry::market {

// "data/EURUSD_M15.csv.gz" -> "EURUSD", "gs.us.txt" -> "gs", "BRK-B.csv" -> "BRK-B": the name without folder,
// extensions, and trailing words that are a timeframe or say what every such file is ("data", "ohlcv", ...).
// "unnamed" when nothing is left.
[[nodiscard]] std::string symbol_from_name(const std::filesystem::path& path);

// "data/EURUSD_M15.csv.gz" -> "EURUSD_M15": the name without folder and extensions of market files.
[[nodiscard]] std::string name_without_extensions(const std::filesystem::path& path);

}  // namespace regimetry::market
