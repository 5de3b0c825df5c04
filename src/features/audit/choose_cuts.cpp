#include "features/audit/choose_cuts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

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

// At most `count` of the sorted moments, evenly spread over those there are.
std::vector<TimestampNs> evenly_from(const std::vector<TimestampNs>& moments, std::size_t count) {
  if (moments.size() <= count) return moments;
  std::vector<TimestampNs> kept;
  for (std::size_t k = 0; k < count; ++k) kept.push_back(moments[(2 * k + 1) * moments.size() / (2 * count)]);
  return kept;
}

// The widest step to the next bar, in any instrument, from each moment at which a bar ends.
std::map<TimestampNs, std::int64_t> steps_of(const market::MarketData& data,
                                             std::span<const BarClock> clocks) {
  std::map<TimestampNs, std::int64_t> steps;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    const auto& stamps = data.instruments[i].timestamps;
    for (std::size_t row = 0; row + 1 < stamps.size(); ++row) {
      std::int64_t& widest = steps[clocks[i].end_of(stamps[row])];
      widest = std::max(widest, stamps[row + 1] - stamps[row]);
    }
  }
  return steps;
}

// The moments before the `count` widest gaps of all instruments together; of gaps as wide as the narrowest of
// these, which may be many (weekends), those that are evenly spread.
std::vector<TimestampNs> widest_gaps(const market::MarketData& data, std::span<const BarClock> clocks,
                                     std::int64_t count) {
  const std::map<TimestampNs, std::int64_t> steps = steps_of(data, clocks);
  const auto wanted = std::min(steps.size(), static_cast<std::size_t>(count));
  if (wanted == 0) return {};
  std::vector<std::int64_t> widths;
  for (const auto& [moment, step] : steps) widths.push_back(step);
  const auto narrowest = widths.begin() + static_cast<std::ptrdiff_t>(wanted - 1);
  std::nth_element(widths.begin(), narrowest, widths.end(), std::greater<>());
  std::vector<TimestampNs> kept, as_wide;
  for (const auto& [moment, step] : steps) {
    if (step > *narrowest) kept.push_back(moment);
    if (step == *narrowest) as_wide.push_back(moment);
  }
  const std::vector<TimestampNs> spread = evenly_from(as_wide, wanted - kept.size());
  kept.insert(kept.end(), spread.begin(), spread.end());
  return kept;
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

// At most `count` of the moments, each once, evenly spread over those there are.
std::vector<TimestampNs> thinned(std::vector<TimestampNs> moments, std::int64_t count) {
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  return evenly_from(moments, static_cast<std::size_t>(count));
}

// 0 .. count-1 such that every first part is spread evenly (van der Corput: the digits of a counter
// in reverse order).
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

  for (const TimestampNs moment : widest_gaps(data, clocks, options.gap_count)) planner.add(moment, false);
  std::vector<TimestampNs> missing;
  for (std::size_t i = 0; i < data.instruments.size(); ++i)
    add_missing(data.instruments[i], clocks[i], options.gap_count, missing);
  for (const TimestampNs moment : thinned(std::move(missing), options.gap_count)) planner.add(moment, false);

  RngStream stream = rng.stream("features.audit.cuts");
  for (std::int64_t k = 0; k < options.random_count && count > 0; ++k)
    planner.add_at(static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(count))), false);
  return planner.finish();
}

}  // namespace regimetry::features
