#include <fmt/format.h>

#include <array>
#include <utility>

#include "market/quality/checks.hpp"
#include "market/quality/row_faults.hpp"

namespace regimetry::market {
namespace {

Severity severity_of(RowFault fault) {
  return fault == RowFault::kOhlcRounding ? Severity::kInfo : Severity::kError;
}

// Years of zero opens are one fact with a range, so the title says from when to when.
std::string title_of(RowFault fault, const Bars& bars, std::int64_t first_row, std::int64_t last_row) {
  std::string title(words_of(fault).title);
  if (fault != RowFault::kOpenZero || first_row == last_row) return title;
  return title + fmt::format(" ({} to {})",
                             format_timestamp_short(bars.timestamps[static_cast<std::size_t>(first_row)]),
                             format_timestamp_short(bars.timestamps[static_cast<std::size_t>(last_row)]));
}

}  // namespace

Findings check_rows(const CheckedBars& read) {
  std::array<Tally, kRowFaultCount> tallies;
  std::array<std::int64_t, kRowFaultCount> last_rows{};
  for_each_faulty_row(read.bars, [&](std::int64_t row, RowFaults faults) {
    const BarValues values = values_at(read.bars, row);
    for (std::size_t kind = 0; kind < tallies.size(); ++kind) {
      const auto fault = static_cast<RowFault>(kind);
      if (!faults.has(fault)) continue;
      tallies[kind].add(row, badness_of(fault, values));
      last_rows[kind] = row;
    }
  });
  Findings findings;
  for (std::size_t kind = 0; kind < tallies.size(); ++kind) {
    if (tallies[kind].count == 0) continue;
    const auto fault = static_cast<RowFault>(kind);
    const RowFaultWords& words = words_of(fault);
    findings.push_back(make_finding(
        read,
        {words.check, title_of(fault, read.bars, tallies[kind].first_row, last_rows[kind]),
         severity_of(fault), std::string(words.advice)},
        tallies[kind], [&](std::int64_t row) { return describe_fault(fault, values_at(read.bars, row)); }));
  }
  return findings;
}

}  // namespace regimetry::market
