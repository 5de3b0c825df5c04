#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "core/error.hpp"
#include "market/quality/check_quality.hpp"
#include "market/quality/cleaning_plan.hpp"

namespace regimetry::market {
namespace {

constexpr std::string_view kWayOut =
    "Correct the data, or pass --on-bad-row=drop to leave such rows out, or --on-bad-row=repair to mend "
    "those that have "
    "one right reading and drop the rest.";

[[noreturn]] void throw_bad_rows(const std::vector<CleaningPlan>& plans, std::int64_t bad_count) {
  std::vector<std::string> places;
  std::int64_t instruments = 0;
  for (const CleaningPlan& plan : plans) {
    instruments += plan.bad_count > 0 ? 1 : 0;
    for (const BadPlace& place : plan.bad_places) {
      if (places.size() < 3) places.push_back(place.words);
    }
  }
  if (bad_count == 1) throw Error(ErrorKind::kData, fmt::format("{}. {}", places.front(), kWayOut));
  const std::string where = instruments > 1 ? fmt::format(" of {} instruments", instruments) : std::string();
  std::string message =
      fmt::format("{} rows{} cannot be right; the first {}:", bad_count, where, places.size());
  for (const std::string& place : places) message += "\n  " + place;
  throw Error(ErrorKind::kData, fmt::format("{}\n{}", message, kWayOut));
}

std::string action_words(const std::map<std::string, std::int64_t>& counts) {
  std::string words;
  for (const auto& [what, count] : counts) {
    if (!words.empty()) words += "; ";
    words += what == "sorted" ? what : fmt::format("{} {}: {}", count, count == 1 ? "row" : "rows", what);
  }
  return words;
}

void write_actions(const CleaningPlan& plan, InstrumentQuality& quality) {
  for (QualityFinding& finding : quality.findings) {
    const auto found = plan.actions.find(finding.check);
    if (found != plan.actions.end()) finding.action = action_words(found->second);
  }
}

// One line per thing done and not one per instrument: a folder may hold thousands.
void tell(const QualityReport& report, const std::vector<CleaningPlan>& plans, Observer& observer) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> totals;  // what -> rows, instruments
  for (std::size_t i = 0; i < plans.size(); ++i) {
    for (const QualityFinding& finding : report.instruments[i].findings) {
      const auto found = plans[i].actions.find(finding.check);
      if (found == plans[i].actions.end()) continue;
      for (const auto& [what, count] : found->second) {
        auto& [rows, instruments] = totals[fmt::format("{}: {}", finding.check, what)];
        rows += what == "sorted" ? finding.count : count;
        ++instruments;
      }
    }
  }
  for (const auto& [what, total] : totals) {
    observer.on_note(fmt::format("{} ({} {} in {} {})", what, total.first, total.first == 1 ? "row" : "rows",
                                 total.second, total.second == 1 ? "instrument" : "instruments"));
  }
}

void refuse_empty_result(const MarketData& data) {
  for (const Bars& bars : data.instruments) {
    if (bars.size() > 0) continue;
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: no row of {} is left: none has prices that can be right. Look at the columns with "
                    "`regimetry describe`, and name them with --column if they were taken for others.",
                    bars.source, bars.symbol));
  }
}

}  // namespace

CleanResult clean(MarketData data, const QualityOptions& options, ThreadPool& pool, Observer& observer) {
  CleanResult result;
  result.report = check_quality(data, options, pool);
  std::vector<CleaningPlan> plans(data.instruments.size());
  const auto count = static_cast<std::int64_t>(plans.size());
  pool.parallel_for(count, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      plans[at] = plan_cleaning(data.instruments[at], options.on_bad_row);
    }
  });
  std::int64_t bad_count = 0;
  for (const CleaningPlan& plan : plans) bad_count += plan.bad_count;
  if (bad_count > 0) throw_bad_rows(plans, bad_count);

  pool.parallel_for(count, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      Bars& bars = data.instruments[at];
      InstrumentQuality& quality = result.report.instruments[at];
      bars = apply(plans[at], std::move(bars));
      write_actions(plans[at], quality);
      quality.rows_kept = bars.size();
    }
  });
  refuse_empty_result(data);
  tell(result.report, plans, observer);
  result.data = std::move(data);
  result.data.metadata["quality"] = to_json(result.report);
  return result;
}

}  // namespace regimetry::market
