// What a market file holds: instruments, and what is known about how they came to be.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::market {

// Instruments sorted by symbol. Different timeframes of one symbol are separate entries.
struct MarketData {
  std::vector<Bars> instruments;
  // Travels with the data: inside Parquet as the key `regimetry`, beside CSV and JSON lines as
  // `<file>.meta.json`. Keys in use: "sources" (path, sha256, dialect), "config" (resolved settings with
  // origins), "quality" (health report), "simulation" (parameters and truth), "resample", "version". Null
  // when the file has none.
  nlohmann::json metadata;

  [[nodiscard]] std::int64_t bar_count() const noexcept;
};

}  // namespace regimetry::market
