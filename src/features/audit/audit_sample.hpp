// What an audit looks at when the data is too big to compute many times over: some instruments, if need be
// their later bars.
#pragma once

#include <cstdint>
#include <string>

#include "market/market_data.hpp"

namespace regimetry::features {

struct AuditSample {
  market::MarketData data;                // same order as the source
  std::size_t instruments_in_source = 0;  // that have bars
  bool is_shortened = false;              // the earliest bars of some instruments were left out
  // "22 of 1695 instruments, evenly by symbol, 132000 bars": always what was looked at.
  std::string words;
};

// At most `bar_limit` bars: every instrument when they fit, else so many that fit, evenly spread over the
// sorted list (two or more, since features may look across instruments), else the last bars of two of them.
[[nodiscard]] AuditSample sample_for_audit(const market::MarketData& data, std::int64_t bar_limit);

// Throws Error (kData) naming the first row whose stamp does not lie after the one before: what is past and
// what is future cannot be told then.
void require_increasing_stamps(const market::MarketData& data);

}  // namespace regimetry::features
