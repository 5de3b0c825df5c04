#include "market/quality/cleaning_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "market/quality/implausible_stamp.hpp"
#include "market/quality/repair_row.hpp"

namespace regimetry::market {
namespace {

constexpr std::size_t kPlacesShown = 3;

class Planner {
 public:
  Planner(const Bars& bars, BadRowPolicy policy) : bars_(bars), policy_(policy) {}

  CleaningPlan plan() && {
    judge_rows();
    places_in_phase_ = 0;
    judge_stamps();
    places_in_phase_ = 0;
    put_in_order();
    std::sort(places_.begin(), places_.end(),
              [](const BadPlace& a, const BadPlace& b) { return a.row < b.row; });
    if (places_.size() > kPlacesShown) places_.resize(kPlacesShown);
    plan_.bad_places = std::move(places_);
    return std::move(plan_);
  }

 private:
  // Rows that are wrong by themselves.
  void judge_rows() {
    for_each_faulty_row(bars_, [this](std::int64_t row, RowFaults faults) {
      const BarValues bar = values_at(bars_, row);
      const bool may_repair = policy_ == BadRowPolicy::kRepair || faults.only_rounding();
      const std::optional<RepairedRow> repaired = may_repair ? repair_row(bar, faults) : std::nullopt;
      if (repaired) {
        plan_.repairs.emplace(row, repaired->bar);
        note(faults, std::string(repaired->how));
      } else if (policy_ == BadRowPolicy::kError) {
        refuse(row, describe_fault(first_of(faults), bar));
      } else {
        drop(row);
        note(faults, "dropped");
      }
    });
  }

  void judge_stamps() {
    for (std::int64_t row = 0; row < bars_.size(); ++row) {
      const TimestampNs stamp = bars_.timestamps[static_cast<std::size_t>(row)];
      if (!is_implausible_stamp(stamp)) continue;
      if (policy_ == BadRowPolicy::kError) {
        refuse(row, describe_implausible_stamp(stamp) + " is not within the years 1800 to 2100");
      } else {
        drop(row);
        ++plan_.actions["implausible_stamp"]["dropped"];
      }
    }
  }

  // Sorts, and leaves one row per stamp.
  void put_in_order() {
    const TimeOrder order = find_time_order(bars_);
    if (order.is_strictly_increasing) {
      if (!dropped_.empty()) plan_.kept_rows = rows_left(order);
      return;
    }
    if (order.backward_steps > 0)
      plan_.actions["unordered"]["sorted"] = plan_.actions["backwards_across_files"]["sorted"] = 1;
    for (const StampGroup& group : order.repeats) settle(group, order);
    plan_.kept_rows = rows_left(order);
  }

  void settle(const StampGroup& group, const TimeOrder& order) {
    std::vector<std::int64_t> rows;
    for (std::int64_t position = group.begin; position < group.end; ++position) {
      if (!is_dropped(order.row_at(position))) rows.push_back(order.row_at(position));
    }
    if (rows.size() < 2) return;
    const std::int64_t kept = row_to_keep(bars_, rows);
    for (const std::int64_t row : rows) {
      if (row == kept) continue;
      if (is_same_bar(bars_, row, kept)) {
        drop(row);
        ++plan_.actions["duplicate_exact"]["left out, one of each kept"];
      } else if (policy_ == BadRowPolicy::kError) {
        refuse(row, conflict_words(row, kept));
      } else {
        drop(row);
        ++plan_.actions["duplicate_conflict"]["dropped, the last of each kept"];
      }
    }
  }

  std::string conflict_words(std::int64_t row, std::int64_t other) const {
    const BarValues a = values_at(bars_, row), b = values_at(bars_, other);
    const std::int64_t line = bars_.origin.line_of(other);
    std::string where = line > 0 ? fmt::format("line {}", line) : fmt::format("row {}", other + 1);
    if (line > 0 && !bars_.origin.files.empty())
      where = fmt::format("{}:{}", bars_.origin.file_of(other, bars_.source), line);
    return fmt::format("same stamp as {} with other values: close {} and {}, volume {} and {}", where,
                       a.close, b.close, a.volume, b.volume);
  }

  [[nodiscard]] std::vector<std::int64_t> rows_left(const TimeOrder& order) const {
    std::vector<std::int64_t> rows;
    rows.reserve(bars_.timestamps.size());
    for (std::int64_t position = 0; position < bars_.size(); ++position) {
      if (const std::int64_t row = order.row_at(position); !is_dropped(row)) rows.push_back(row);
    }
    return rows;
  }

  void drop(std::int64_t row) {
    if (dropped_.empty()) dropped_.assign(bars_.timestamps.size(), false);
    dropped_[static_cast<std::size_t>(row)] = true;
    plan_.repairs.erase(row);
  }
  [[nodiscard]] bool is_dropped(std::int64_t row) const {
    return !dropped_.empty() && dropped_[static_cast<std::size_t>(row)];
  }

  static RowFault first_of(RowFaults faults) {
    for (int kind = 0; kind < kRowFaultCount; ++kind) {
      if (faults.has(static_cast<RowFault>(kind))) return static_cast<RowFault>(kind);
    }
    return RowFault::kMissingPrice;
  }

  void note(RowFaults faults, const std::string& what) {
    for (int kind = 0; kind < kRowFaultCount; ++kind) {
      const auto fault = static_cast<RowFault>(kind);
      if (faults.has(fault)) ++plan_.actions[std::string(words_of(fault).check)][what];
    }
  }

  void refuse(std::int64_t row, const std::string& what) {
    ++plan_.bad_count;
    // Each phase goes through the rows in order, so the first three of each hold the first three of all. A
    // file that is wrong throughout must not fill the memory with words.
    if (places_in_phase_ == kPlacesShown) return;
    places_.push_back({row, place_words(row) + ": " + what});
    ++places_in_phase_;
  }

  [[nodiscard]] std::string place_words(std::int64_t row) const {
    const TimestampNs stamp = bars_.timestamps[static_cast<std::size_t>(row)];
    const std::int64_t line = bars_.origin.line_of(row);
    const std::string when = stamp == kMissingTime ? "no stamp" : format_timestamp_short(stamp);
    if (line > 0)
      return fmt::format("{}:{}: {} {}", bars_.origin.file_of(row, bars_.source), line, bars_.symbol, when);
    return fmt::format("{}: row {} of {}, {}", bars_.source, row + 1, bars_.symbol, when);
  }

  const Bars& bars_;
  BadRowPolicy policy_;
  CleaningPlan plan_;
  std::vector<bool> dropped_;  // empty while no row is dropped
  std::vector<BadPlace> places_;
  std::size_t places_in_phase_ = 0;
};

}  // namespace

CleaningPlan plan_cleaning(const Bars& bars, BadRowPolicy policy) {
  return Planner(bars, policy).plan();
}

Bars apply(const CleaningPlan& plan, Bars bars) {
  for (const auto& [row, bar] : plan.repairs) {
    const auto i = static_cast<std::size_t>(row);
    bars.open[i] = bar.open;
    bars.high[i] = bar.high;
    bars.low[i] = bar.low;
    bars.close[i] = bar.close;
    bars.volume[i] = bar.volume;
  }
  if (!plan.kept_rows) return bars;
  Bars kept = take_rows(bars, *plan.kept_rows);
  const TimeframeEstimate estimate = infer_timeframe(kept.timestamps);
  kept.bars_per_year = estimate.bars_per_year;
  // What the reader settled stays: a folder, a column or the user may know better than the stamps.
  if (!kept.timeframe.is_known()) kept.timeframe = estimate.timeframe;
  return kept;
}

}  // namespace regimetry::market
