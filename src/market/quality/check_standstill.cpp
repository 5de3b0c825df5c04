#include <fmt/format.h>

#include <cstddef>

#include "market/quality/checks.hpp"
#include "market/quality/equal_runs.hpp"

namespace regimetry::market {
namespace {

Findings find_frozen_prices(const CheckedBars& read) {
  const Bars& bars = read.bars;
  const EqualRuns runs = find_equal_runs(bars.size(), read.options.frozen_bars, [&](std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    return bars.close[i] == bars.close[i - 1] && bars.open[i] == bars.open[i - 1] &&
           bars.high[i] == bars.high[i - 1] && bars.low[i] == bars.low[i - 1];
  });
  if (runs.tally.count == 0) return {};
  return {make_finding(
      read,
      {"frozen_price", "runs of bars in which no price moves", Severity::kWarning,
       "A halted market, or a feed that repeats its last value; leave such stretches out of training."},
      runs.tally, [&](std::int64_t row) {
        return fmt::format("close {} for {} bars", bars.close[static_cast<std::size_t>(row)],
                           runs.length_from(row));
      })};
}

Findings find_flat_bars(const CheckedBars& read) {
  const Bars& bars = read.bars;
  const auto is_flat = [&](std::size_t i) {
    return (bars.high[i] == bars.low[i]) & (bars.open[i] == bars.close[i]) & (bars.high[i] == bars.close[i]);
  };
  std::int64_t flat_count = 0;
  for (std::size_t i = 0; i < bars.close.size(); ++i) flat_count += static_cast<std::int64_t>(is_flat(i));
  if (flat_count == 0) return {};
  Tally tally;
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    if (is_flat(i)) tally.add(static_cast<std::int64_t>(i), 0);
  }
  const double share = 100.0 * static_cast<double>(flat_count) / static_cast<double>(bars.size());
  return {make_finding(
      read,
      {"flat_bar", fmt::format("bars with one price only ({:.1f}% of all)", share), Severity::kInfo,
       "Features of the bar's range are zero there; where a source has closes only, that is its nature."},
      tally, [&](std::int64_t row) {
        return fmt::format("open = high = low = close = {}", bars.close[static_cast<std::size_t>(row)]);
      })};
}

}  // namespace

Findings check_standstill(const CheckedBars& read) {
  Findings findings = find_frozen_prices(read);
  for (QualityFinding& finding : find_flat_bars(read)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace regimetry::market
