#include "features/audit/choose_cuts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace regimetry::features {
namespace {

// Rows of the first and last bars at which a cut is always made: how many moments lie before, or after.
constexpr std::int64_t kFromBegin[] = {1, 2, 10, 60};
constexpr std::int64_t kFromEnd[] = {2, 3, 6, 11, 21};

std::vector<TimestampNs> moments_of(const market::MarketData& data, std::span<const BarClock> clocks) {
  std::vector<TimestampNs> moments;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    for (const TimestampNs stamp : data.instruments[i].timestamps) moments.push_back(clocks[i].end_of(stamp));
  }
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  return moments;
}

// Ends of the bars that stand before the widest gaps of one instrument.
void add_gaps(const market::Bars& bars, const BarClock& clock, std::int64_t count,
              std::vector<TimestampNs>& found) {
  const auto& stamps = bars.timestamps;
  if (stamps.size() < 3) return;
  std::vector<std::size_t> rows(stamps.size() - 1);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const auto step = [&](std::size_t row) { return stamps[row + 1] - stamps[row]; };
  const auto kept = std::min(rows.size(), static_cast<std::size_t>(count));
  std::partial_sort(
      rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end(),
      [&](std::size_t a, std::size_t b) { return step(a) != step(b) ? step(a) > step(b) : a < b; });
  for (std::size_t k = 0; k < kept; ++k) found.push_back(clock.end_of(stamps[rows[k]]));
}

bool has_missing_cell(const market::Bars& bars, std::size_t row) {
  for (const auto* values : {&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume}) {
    if (std::isnan((*values)[row])) return true;
  }
  return std::any_of(bars.extras.begin(), bars.extras.end(), [row](const market::Column& column) {
    return !column.numbers.empty() && std::isnan(column.numbers[row]);
  });
}

// Ends of bars with a missing cell, evenly over those there are.
void add_missing(const market::Bars& bars, const BarClock& clock, std::int64_t count,
                 std::vector<TimestampNs>& found) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < bars.timestamps.size(); ++row) {
    if (has_missing_cell(bars, row)) rows.push_back(row);
  }
  const auto wanted = std::min(rows.size(), static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < wanted; ++k)
    found.push_back(clock.end_of(bars.timestamps[rows[(2 * k + 1) * rows.size() / (2 * wanted)]]));
}

// At most `count` of the moments, evenly spread over those there are.
std::vector<TimestampNs> thinned(std::vector<TimestampNs> moments, std::int64_t count) {
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  const auto wanted = static_cast<std::size_t>(count);
  if (moments.size() <= wanted) return moments;
  std::vector<TimestampNs> kept;
  for (std::size_t k = 0; k < wanted; ++k)
    kept.push_back(moments[(2 * k + 1) * moments.size() / (2 * wanted)]);
  return kept;
}

// 0 .. count-1 such that every first part is spread evenly (van der Corput: the digits of a counter,
// reversed).
std::vector<std::int64_t> spreading_order(std::int64_t count) {
  int digits = 0;
  while ((std::int64_t{1} << digits) < count) ++digits;
  std::vector<std::int64_t> order;
  std::vector<bool> is_taken(static_cast<std::size_t>(count), false);
  for (std::int64_t counter = 0; counter < std::int64_t{1} << digits && count > 0; ++counter) {
    std::int64_t reversed = 0;
    for (int digit = 0; digit < digits; ++digit) reversed = reversed * 2 + (counter >> digit) % 2;
    const std::int64_t place = (reversed * count) >> digits;  // every place at least once
    if (is_taken[static_cast<std::size_t>(place)]) continue;
    is_taken[static_cast<std::size_t>(place)] = true;
    order.push_back(place);
  }
  return order;
}

class CutPlanner {
 public:
  explicit CutPlanner(std::vector<TimestampNs> moments) : moments_(std::move(moments)) {}

  [[nodiscard]] std::int64_t cuttable() const {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(moments_.size()) - 1);
  }
  void add_at(std::int64_t index, bool gets_every_change) {
    if (index < 0 || index >= cuttable()) return;
    add(moments_[static_cast<std::size_t>(index)], gets_every_change);
  }
  void add(TimestampNs moment, bool gets_every_change) {
    if (moments_.empty() || moment >= moments_.back()) return;
    bool& every = chosen_[moment];
    every = every || gets_every_change;
  }
  [[nodiscard]] CutPlan finish() const {
    CutPlan plan;
    for (const auto& [moment, every] : chosen_) plan.cuts.push_back({moment, every});
    for (const std::int64_t index : spreading_order(cuttable())) {
      const TimestampNs moment = moments_[static_cast<std::size_t>(index)];
      if (!chosen_.contains(moment)) plan.others.push_back(moment);
    }
    return plan;
  }

 private:
  std::vector<TimestampNs> moments_;
  std::map<TimestampNs, bool> chosen_;
};

}  // namespace

CutPlan plan_cuts(const market::MarketData& data, std::span<const BarClock> clocks, const CutOptions& options,
                  const Rng& rng) {
  CutPlanner planner(moments_of(data, clocks));
  const std::int64_t count = planner.cuttable();
  for (std::int64_t k = 0; k < options.spread_count; ++k)
    planner.add_at((2 * k + 1) * count / (2 * options.spread_count), true);
  for (const std::int64_t before : kFromBegin) planner.add_at(before - 1, true);
  for (const std::int64_t after : kFromEnd) planner.add_at(count + 1 - after, true);

  std::vector<TimestampNs> gaps, missing;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    add_gaps(data.instruments[i], clocks[i], options.gap_count, gaps);
    add_missing(data.instruments[i], clocks[i], options.gap_count, missing);
  }
  for (const TimestampNs moment : thinned(std::move(gaps), options.gap_count)) planner.add(moment, false);
  for (const TimestampNs moment : thinned(std::move(missing), options.gap_count)) planner.add(moment, false);

  RngStream stream = rng.stream("features.audit.cuts");
  for (std::int64_t k = 0; k < options.random_count && count > 0; ++k)
    planner.add_at(static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(count))), false);
  return planner.finish();
}

}  // namespace regimetry::features
