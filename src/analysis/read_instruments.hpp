// Market data -> one clean series per instrument; what cannot be read or cleaned is set aside with its
// reason.
#pragma once

#include <string>
#include <vector>

#include "analysis/analyze_options.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/quality/quality_report.hpp"

namespace regimetry::analysis {

// Something that could not be analysed, and why. `name` is a symbol, or a file that could not be read.
struct FailedInstrument {
  std::string name;
  std::string reason;
};

struct CleanInstrument {
  market::MarketData data;  // one instrument, and the metadata of what was read
  market::InstrumentQuality quality;
};

struct ReadInstruments {
  std::vector<CleanInstrument> instruments;  // sorted by symbol
  std::vector<FailedInstrument> failures;
};

// Reads and cleans bars. A single file, or a single instrument, that cannot be right throws what reading it
// throws (kData); one among several is set aside. Throws Error (kUsage) when `options.instrument` is not
// there, naming the nearest, and kData when nothing is left.
[[nodiscard]] ReadInstruments read_instruments(const DataOptions& options, ThreadPool& pool,
                                               Observer& observer);

}  // namespace regimetry::analysis
