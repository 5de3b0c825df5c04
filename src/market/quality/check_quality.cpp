#include "market/quality/check_quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

#include "market/quality/checks.hpp"
#include "market/quality/time_order.hpp"

namespace regimetry::market {
namespace {

// One instrument while it is being checked: in what order its rows belong, and a copy in that order where it
// differs.
struct CheckedInstrument {
  TimeOrder order;
  std::vector<std::int64_t> ordered_rows;  // empty when the bars are in order as read
  std::optional<Bars> ordered_bars;
};

CheckedInstrument put_in_order(const Bars& bars) {
  CheckedInstrument instrument;
  instrument.order = find_time_order(bars);
  if (instrument.order.is_strictly_increasing) return instrument;
  instrument.ordered_rows = ordered_unique_rows(bars, instrument.order);
  instrument.ordered_bars = take_rows(bars, instrument.ordered_rows);
  return instrument;
}

// One per source file of checks; they run side by side, so that one long instrument keeps every thread busy.
constexpr std::int64_t kFamilyCount = 7;

Findings run_family(std::int64_t family, const Bars& bars, const CheckedInstrument& instrument,
                    const QualityOptions& options) {
  const CheckedBars read{bars, nullptr, options, bars.origin};
  const CheckedBars ordered =
      instrument.ordered_bars
          ? CheckedBars{*instrument.ordered_bars, &instrument.ordered_rows, options, bars.origin}
          : read;
  switch (family) {
    case 0:
      return check_moves(ordered);
    case 1:
      return check_calendar(ordered);
    case 2:
      return check_rows(read);
    case 3:
      return check_stamps(read, instrument.order);
    case 4:
      return check_volume(read);
    case 5:
      return check_standstill(read);
    default:
      return check_history(read);
  }
}

InstrumentQuality summarize(const Bars& bars, std::vector<Findings>::iterator families) {
  InstrumentQuality quality;
  quality.symbol = bars.symbol;
  quality.timeframe = bars.timeframe.name();
  quality.rows_read = quality.rows_kept = bars.size();
  quality.bars_per_year = bars.bars_per_year;
  if (bars.size() > 0) {
    const auto [first, last] = std::minmax_element(bars.timestamps.begin(), bars.timestamps.end());
    quality.first_stamp = *first;
    quality.last_stamp = *last;
  }
  for (std::int64_t family = 0; family < kFamilyCount; ++family, ++families) {
    std::move(families->begin(), families->end(), std::back_inserter(quality.findings));
  }
  std::stable_sort(quality.findings.begin(), quality.findings.end(),
                   [](const QualityFinding& a, const QualityFinding& b) {
                     return a.severity != b.severity ? a.severity > b.severity : a.count > b.count;
                   });
  return quality;
}

}  // namespace

std::vector<std::string> QualityOptions::problems() const {
  std::vector<std::string> problems;
  if (!(jump_deviations > 0)) {
    problems.push_back(
        fmt::format("jump_deviations is {}; it must be above 0 (12 is usual)", jump_deviations));
  }
  if (frozen_bars < 2)
    problems.push_back(fmt::format("frozen_bars is {}; a run needs at least 2 bars", frozen_bars));
  if (!(gap_factor >= 1))
    problems.push_back(fmt::format("gap_factor is {}; it must be at least 1", gap_factor));
  if (min_history_bars < 0) {
    problems.push_back(fmt::format("min_history_bars is {}; it must not be negative", min_history_bars));
  }
  return problems;
}

QualityReport check_quality(const MarketData& data, const QualityOptions& options, ThreadPool& pool) {
  const auto count = static_cast<std::int64_t>(data.instruments.size());
  std::vector<CheckedInstrument> instruments(data.instruments.size());
  pool.parallel_for(count, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      instruments[static_cast<std::size_t>(i)] = put_in_order(data.instruments[static_cast<std::size_t>(i)]);
    }
  });
  std::vector<Findings> findings(static_cast<std::size_t>(count * kFamilyCount));
  pool.parallel_for(count * kFamilyCount, 1, [&](IndexRange range) {
    for (std::int64_t task = range.begin; task < range.end; ++task) {
      const auto i = static_cast<std::size_t>(task / kFamilyCount);
      findings[static_cast<std::size_t>(task)] =
          run_family(task % kFamilyCount, data.instruments[i], instruments[i], options);
    }
  });
  QualityReport report;
  for (std::int64_t i = 0; i < count; ++i) {
    report.instruments.push_back(
        summarize(data.instruments[static_cast<std::size_t>(i)], findings.begin() + i * kFamilyCount));
  }
  return report;
}

}  // namespace regimetry::market
