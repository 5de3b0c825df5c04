// What is in a market file, in numbers and words: for people who open it for the first time.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "market/market_data.hpp"
#include "market/quality/quality_report.hpp"

namespace regimetry::market {

// One instrument. Returns are log returns between closes that are prices, in order of time.
struct InstrumentSummary {
  std::string symbol, timeframe, stamp_meaning;
  std::int64_t bars = 0;
  TimestampNs first_stamp = 0, last_stamp = 0;
  double bars_per_year = 0;        // measured; 0: too short to measure, and what is per year is NaN
  double return_per_year = 0;      // mean log return x bars per year; NaN with fewer than 2 closes
  double growth_per_year = 0;      // what that compounds to: exp(return_per_year) - 1, never below -1
  double volatility_per_year = 0;  // sd of log returns x sqrt(bars per year); NaN with fewer than 3 closes
  double first_close = 0, last_close = 0;
  std::vector<std::string> extras;  // names of further columns
  std::string worst_finding;        // "error: high below low (16)"; empty when nothing was found
};

struct MarketSummary {
  std::vector<InstrumentSummary> instruments;
  std::string words;  // what it is: "20 instruments of 1d bars, 100,000 bars, 2000-01-03 to 2019-03-01."
  std::string health_words;  // "Healthy, except ..."
  std::string
      simulation_words;  // where the data comes from a simulation, and how to see its truth; else empty
};

// `report` must be of the same data.
[[nodiscard]] MarketSummary describe_market(const MarketData& data, const QualityReport& report);
[[nodiscard]] nlohmann::json to_json(const MarketSummary& summary);

}  // namespace regimetry::market
