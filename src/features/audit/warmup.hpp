// How many bars until a value no longer depends on where history starts.
//
// Why:    live, history begins where the feed begins; in research, where the file does. A feature that
//         remembers the start (a running total) means something else in each.
// How:    at several end points, the computation runs on the last so many bars alone; its last value is
//         compared with that of the whole history. Between the longest start that does not agree and the
//         shortest that does, the fewest bars are found by halving.
// Agrees: |short - whole| <= tolerance * deviation of the column (over the instrument's whole history), or
//         within a few units in the last place of float32, which is how values are stored. Missing agrees
//         with missing.
// Memory: one result, and one short history per thread.
// Same:   the report does not depend on the number of threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/audit/computation.hpp"
#include "features/audit/warmup_report.hpp"

namespace regimetry::features {

struct WarmupOptions {
  // Bars of history before the end point; the end point's own bar comes on top. Any order.
  std::vector<std::int64_t> starts = {199, 399, 499, 999, 1999};
  // End points, evenly over the part of the history that has so many bars before it. More tell more surely.
  std::int64_t end_count = 8;
  // In deviations of the column.
  double tolerance = 1e-6;
  // Bars that may be in the sample; bigger data is sampled by instrument, and the report says so.
  std::int64_t bar_limit = 2'000'000;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Throws Error: kUsage for options with problems(), kData when no instrument has more bars than the shortest
// start.
[[nodiscard]] WarmupReport audit_warmup(const PanelComputation& computation, const market::MarketData& data,
                                        const WarmupOptions& options, ThreadPool& pool, Observer& observer);
// The same for features of one instrument.
[[nodiscard]] WarmupReport audit_warmup(const FeatureComputation& computation, const market::MarketData& data,
                                        const WarmupOptions& options, ThreadPool& pool, Observer& observer);

}  // namespace regimetry::features
