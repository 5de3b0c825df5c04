#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "market/quality/checks.hpp"
#include "market/quality/implausible_stamp.hpp"

namespace regimetry::market {
namespace {

TimestampNs stamp_of(const Bars& bars, std::int64_t row) {
  return bars.timestamps[static_cast<std::size_t>(row)];
}

Findings find_backward_steps(const CheckedBars& read, const TimeOrder& order) {
  const Bars& bars = read.bars;
  if (order.backward_steps == 0) return {};
  Tally unordered, across_files;
  for (std::int64_t row = 1; row < bars.size(); ++row) {
    const TimestampNs before = stamp_of(bars, row - 1), stamp = stamp_of(bars, row);
    if (stamp >= before) continue;
    const double badness = static_cast<double>(before) - static_cast<double>(stamp);
    (bars.origin.begins_file(row) ? across_files : unordered).add(row, badness);
  }
  const auto describe = [&](std::int64_t row) {
    return fmt::format("follows {}", format_timestamp_short(stamp_of(bars, row - 1)));
  };
  Findings findings;
  if (unordered.count > 0) {
    const bool is_reversed = unordered.count == bars.size() - 1;
    findings.push_back(make_finding(
        read,
        {"unordered", is_reversed ? "rows run from newest to oldest" : "rows earlier than the row before",
         is_reversed ? Severity::kInfo : Severity::kWarning,
         "Rows are sorted by stamp when the data is cleaned; check that the file is one export and not "
         "several."},
        unordered, describe));
  }
  if (across_files.count > 0) {
    findings.push_back(make_finding(
        read,
        {"backwards_across_files", "a file starts earlier than the one before it ends", Severity::kWarning,
         "Rows are sorted by stamp when the data is cleaned; check that the files do not "
         "overlap with different prices."},
        across_files, describe));
  }
  return findings;
}

std::string describe_bar(const Bars& bars, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  return fmt::format("open {}, high {}, low {}, close {}, volume {}", bars.open[i], bars.high[i], bars.low[i],
                     bars.close[i], bars.volume[i]);
}

double relative_difference(const Bars& bars, std::int64_t row, std::int64_t other) {
  const double a = bars.close[static_cast<std::size_t>(row)], b = bars.close[static_cast<std::size_t>(other)];
  return a == b ? 0 : std::abs(a - b) / std::max(std::abs(a), std::abs(b));
}

Findings find_repeats(const CheckedBars& read, const TimeOrder& order) {
  const Bars& bars = read.bars;
  Tally exact, conflict;
  // The row each repeated row is compared with, for the worst example of a conflict.
  std::int64_t first_conflict_partner = 0, worst_conflict_partner = 0;
  for (const StampGroup& group : order.repeats) {
    for (std::int64_t position = group.begin + 1; position < group.end; ++position) {
      const std::int64_t row = order.row_at(position), partner = order.row_at(position - 1);
      if (is_same_bar(bars, row, partner)) {
        exact.add(row, static_cast<double>(group.end - group.begin));
        continue;
      }
      conflict.add(row, relative_difference(bars, row, partner));
      if (conflict.first_row == row) first_conflict_partner = partner;
      if (conflict.worst_row == row) worst_conflict_partner = partner;
    }
  }
  Findings findings;
  if (exact.count > 0) {
    findings.push_back(make_finding(
        read,
        {"duplicate_exact", "rows that repeat a bar", Severity::kWarning,
         "One of each is kept when the data is cleaned. A file appended twice is the usual cause."},
        exact, [&](std::int64_t row) { return describe_bar(bars, row); }));
  }
  if (conflict.count > 0) {
    findings.push_back(make_finding(
        read,
        {"duplicate_conflict", "rows with the stamp of another bar and other values", Severity::kError,
         "Two different bars cannot share a stamp: remove one, or use --on-bad-row=drop, which keeps the "
         "last of each."},
        conflict, [&](std::int64_t row) {
          const std::int64_t partner =
              row == conflict.first_row ? first_conflict_partner : worst_conflict_partner;
          return fmt::format("{}; before: {}", describe_bar(bars, row), describe_bar(bars, partner));
        }));
  }
  return findings;
}

Findings find_implausible_stamps(const CheckedBars& read) {
  const Bars& bars = read.bars;
  Tally tally;
  for (std::int64_t row = 0; row < bars.size(); ++row) {
    if (is_implausible_stamp(stamp_of(bars, row))) tally.add(row, 0);
  }
  if (tally.count == 0) return {};
  return {
      make_finding(read,
                   {"implausible_stamp", "stamps before 1800 or after 2100, or missing", Severity::kError,
                    "Usually epoch stamps in another unit: pass --timestamp-unit, or leave the rows out with "
                    "--on-bad-row=drop."},
                   tally, [&](std::int64_t row) { return describe_implausible_stamp(stamp_of(bars, row)); })};
}

}  // namespace

Findings check_stamps(const CheckedBars& read, const TimeOrder& order) {
  Findings findings = find_backward_steps(read, order);
  for (QualityFinding& finding : find_repeats(read, order)) findings.push_back(std::move(finding));
  for (QualityFinding& finding : find_implausible_stamps(read)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace regimetry::market
