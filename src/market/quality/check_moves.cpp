// Price moves that are large for their time and place: jumps, spikes that come back, and what looks like a
// split.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "market/quality/checks.hpp"
#include "market/quality/robust_scale.hpp"

namespace regimetry::market {
namespace {

// Closes above zero and the rows they stand in; a view of the bars' own column when every close is good.
struct CloseSeries {
  std::vector<double> storage;
  std::vector<TimestampNs> stamp_storage;
  std::vector<std::int64_t> rows;  // empty: close i stands in row i
  std::span<const double> closes;
  std::span<const TimestampNs> stamps;
  [[nodiscard]] std::int64_t row_of(std::int64_t i) const {
    return rows.empty() ? i : rows[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(closes.size()); }
};

bool is_good_price(double price) {
  return price > 0 && std::isfinite(price);
}

CloseSeries good_closes(const Bars& bars) {
  CloseSeries series;
  std::int64_t good_count = 0;
  for (const double close : bars.close) {
    good_count += static_cast<std::int64_t>((close > 0) & (close <= std::numeric_limits<double>::max()));
  }
  if (good_count == bars.size()) {
    series.closes = bars.close;
    series.stamps = bars.timestamps;
    return series;
  }
  for (std::int64_t row = 0; row < bars.size(); ++row) {
    const double close = bars.close[static_cast<std::size_t>(row)];
    if (!is_good_price(close)) continue;
    series.storage.push_back(close);
    series.stamp_storage.push_back(bars.timestamps[static_cast<std::size_t>(row)]);
    series.rows.push_back(row);
  }
  series.closes = series.storage;
  series.stamps = series.stamp_storage;
  return series;
}

// Nights, weekends and gaps between intraday bars. Days and longer bars have none worth telling apart.
std::int64_t longest_plain_step(const CheckedBars& ordered) {
  const std::int64_t spacing = ordered.bars.timeframe.nanoseconds;
  if (spacing <= 0 || spacing >= kNsPerDay) return kNoLongSteps;
  return static_cast<std::int64_t>(ordered.options.gap_factor * static_cast<double>(spacing));
}

// A bar one of whose prices is several times off its neighbours: a decimal point that slipped for one bar.
struct FieldSpike {
  std::int64_t row = 0;
  std::string_view field;
  double value = 0, before = 0, after = 0;
  [[nodiscard]] double distance() const { return std::abs(std::log(value * value / (before * after))); }
};

constexpr double kSpikeFactor = 4.0;      // off both neighbouring closes by at least this
constexpr double kNeighbourFactor = 2.0;  // while those two agree this well

// Whether the four prices of the row differ by more than the factor, without a branch.
bool is_stretched(const Bars& bars, std::size_t i) {
  const double top = std::max(std::max(bars.open[i], bars.close[i]), std::max(bars.high[i], bars.low[i]));
  const double bottom = std::min(std::min(bars.open[i], bars.close[i]), std::min(bars.high[i], bars.low[i]));
  return top > kSpikeFactor * bottom;
}

std::optional<FieldSpike> field_spike_at(const Bars& bars, std::int64_t row) {
  if (row == 0 || row + 1 >= bars.size()) return std::nullopt;
  const auto i = static_cast<std::size_t>(row);
  const double before = bars.close[i - 1];
  // The next row may be stretched too (two bad days in a row): of its two ends, take the one nearer to the
  // past.
  const double next_open = bars.open[i + 1], next_close = bars.close[i + 1];
  const auto distance = [&](double price) {
    return is_good_price(price) ? std::abs(std::log(price / before)) : 1e9;
  };
  const double after = distance(next_open) < distance(next_close) ? next_open : next_close;
  if (!is_good_price(before) || distance(after) > std::log(kNeighbourFactor)) return std::nullopt;
  const std::array<std::pair<std::string_view, double>, 4> fields{
      {{"open", bars.open[i]}, {"high", bars.high[i]}, {"low", bars.low[i]}, {"close", bars.close[i]}}};
  std::optional<FieldSpike> worst;
  for (const auto& [name, value] : fields) {
    if (!is_good_price(value)) continue;
    const bool is_off = (value > kSpikeFactor * before && value > kSpikeFactor * after) ||
                        (value * kSpikeFactor < before && value * kSpikeFactor < after);
    const FieldSpike spike{row, name, value, before, after};
    if (is_off && (!worst || spike.distance() > worst->distance())) worst = spike;
  }
  return worst;
}

// The first bar of an export is often made up. It has no past, so its prices are held against its own close,
// which the next bar must confirm, and against how much the first bars usually move.
std::optional<FieldSpike> first_bar_spike(const Bars& bars) {
  constexpr std::int64_t kRows = 256;
  constexpr double kDeviations = 20, kLeastDistance = 0.25;  // log units
  if (bars.size() < 20 || !is_good_price(bars.close[0]) || !is_good_price(bars.open[1])) return std::nullopt;
  std::vector<double> returns;
  for (std::size_t i = 2; i < static_cast<std::size_t>(std::min(bars.size(), kRows)); ++i) {
    if (is_good_price(bars.close[i]) && is_good_price(bars.close[i - 1])) {
      returns.push_back(std::log(bars.close[i] / bars.close[i - 1]));
    }
  }
  const double limit = std::max(kLeastDistance, kDeviations * robust_deviation(returns));
  const auto is_far = [limit](double a, double b) { return std::abs(std::log(a / b)) > limit; };
  if (is_far(bars.open[1], bars.close[0])) return std::nullopt;
  for (const auto& [name, value] :
       {std::pair{std::string_view("open"), bars.open[0]}, std::pair{std::string_view("high"), bars.high[0]},
        std::pair{std::string_view("low"), bars.low[0]}}) {
    if (is_good_price(value) && is_far(value, bars.close[0])) {
      return FieldSpike{0, name, value, bars.close[0], bars.open[1]};
    }
  }
  return std::nullopt;
}

std::string describe_field_spike(const FieldSpike& spike) {
  if (spike.row == 0) {
    return fmt::format("{} {} of the first bar beside its close {}", spike.field, spike.value, spike.before);
  }
  return fmt::format("{} {} between {} before and {} after", spike.field, spike.value, spike.before,
                     spike.after);
}

std::map<std::int64_t, FieldSpike> find_field_spikes(const Bars& bars) {
  std::map<std::int64_t, FieldSpike> spikes;
  if (const auto spike = first_bar_spike(bars)) spikes.emplace(0, *spike);
  constexpr std::size_t kBlockRows = 1024;
  for (std::size_t begin = 0; begin < bars.close.size(); begin += kBlockRows) {
    const std::size_t end = std::min(begin + kBlockRows, bars.close.size());
    std::int64_t stretched = 0;
    for (std::size_t i = begin; i < end; ++i) stretched += static_cast<std::int64_t>(is_stretched(bars, i));
    if (stretched == 0) continue;
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_stretched(bars, i)) continue;
      const auto row = static_cast<std::int64_t>(i);
      if (const auto spike = field_spike_at(bars, row)) spikes.emplace(row, *spike);
    }
  }
  return spikes;
}

// Ratios of common splits, new shares per old. Rarer ones below 3:2 would catch more news than splits.
struct SplitRatio {
  double ratio;
  std::string_view name, reversed_name;
};
constexpr std::array<SplitRatio, 15> kSplits{{{1.5, "3:2", "2:3"},
                                              {2, "2:1", "1:2"},
                                              {2.5, "5:2", "2:5"},
                                              {3, "3:1", "1:3"},
                                              {4, "4:1", "1:4"},
                                              {5, "5:1", "1:5"},
                                              {6, "6:1", "1:6"},
                                              {7, "7:1", "1:7"},
                                              {8, "8:1", "1:8"},
                                              {10, "10:1", "1:10"},
                                              {15, "15:1", "1:15"},
                                              {20, "20:1", "1:20"},
                                              {25, "25:1", "1:25"},
                                              {50, "50:1", "1:50"},
                                              {100, "100:1", "1:100"}}};
constexpr double kSplitTolerance = 0.03;  // log units: a day's own move on top of the split
constexpr std::int64_t kLevelBars = 5;    // on each side, to see that the new level stays

double median_close(const CloseSeries& series, std::int64_t begin, std::int64_t end) {
  std::vector<double> closes(series.closes.begin() + begin, series.closes.begin() + end);
  const auto middle = closes.begin() + static_cast<std::ptrdiff_t>(closes.size() / 2);
  std::nth_element(closes.begin(), middle, closes.end());
  return *middle;
}

// "2:1" (one old share became two) or "1:10" when the move has the ratio of a split and the price stays
// there.
std::string_view split_ratio(const CloseSeries& series, const LargeMove& move) {
  const std::int64_t begin = std::max<std::int64_t>(0, move.row - kLevelBars);
  const std::int64_t end = std::min(series.size(), move.row + kLevelBars);
  if (end - move.row < 2) return {};  // no level to see yet
  const double level = std::log(median_close(series, move.row, end) / median_close(series, begin, move.row));
  if (std::abs(level - move.log_return) > 0.15 * std::abs(move.log_return) + kSplitTolerance) return {};
  for (const SplitRatio& split : kSplits) {
    if (std::abs(std::abs(move.log_return) - std::log(split.ratio)) > kSplitTolerance) continue;
    return move.log_return < 0 ? split.name : split.reversed_name;
  }
  return {};
}

// Out and back within two bars: what remains of the move is small beside it. In wild times prices do that by
// themselves (October 1929), so a move that is only large for calmer times must be huge to count.
bool comes_back(const CloseSeries& series, const LargeMove& move, double deviations) {
  constexpr double kHugeMove = 0.33;  // log units
  if (move.deviations <= deviations && std::abs(move.log_return) <= kHugeMove) return false;
  if (move.row + 1 >= series.size()) return false;
  const auto i = static_cast<std::size_t>(move.row);
  const double back = std::log(series.closes[i + 1] / series.closes[i]);
  return std::abs(move.log_return + back) < 0.25 * std::abs(move.log_return);
}

struct MoveTallies {
  Tally jumps, splits;
  std::set<std::int64_t> spiked_rows;        // whose close went out and back
  std::map<std::int64_t, LargeMove> by_row;  // of jumps, and of spikes of the close
  std::map<std::int64_t, std::string_view> split_by_row;
};

MoveTallies classify(const CloseSeries& series, const std::vector<LargeMove>& moves,
                     const std::map<std::int64_t, FieldSpike>& field_spikes, double deviations) {
  MoveTallies tallies;
  std::int64_t spiked = -1;  // series index whose move out was a spike; its move back is the same event
  for (const LargeMove& move : moves) {
    const std::int64_t row = series.row_of(move.row), row_before = series.row_of(move.row - 1);
    if (spiked == move.row - 1) continue;
    const auto is_spiked_close = [&](std::int64_t r) {
      const auto found = field_spikes.find(r);
      return found != field_spikes.end() && found->second.field == "close";
    };
    if (is_spiked_close(row) || is_spiked_close(row_before)) continue;  // reported as a spike of that field
    tallies.by_row[row] = move;
    if (comes_back(series, move, deviations)) {
      spiked = move.row;
      tallies.spiked_rows.insert(row);
    } else if (const std::string_view ratio = split_ratio(series, move); !ratio.empty()) {
      tallies.splits.add(row, std::abs(move.log_return));
      tallies.split_by_row[row] = ratio;
    } else {
      tallies.jumps.add(row, move.deviations);
    }
  }
  return tallies;
}

std::string describe_close(const Bars& bars, std::int64_t row, std::int64_t row_before) {
  return fmt::format("close {} after {}", bars.close[static_cast<std::size_t>(row)],
                     bars.close[static_cast<std::size_t>(row_before)]);
}

}  // namespace

Findings check_moves(const CheckedBars& ordered) {
  const Bars& bars = ordered.bars;
  const CloseSeries series = good_closes(bars);
  const std::vector<LargeMove> moves = find_large_moves(
      series.closes, series.stamps, longest_plain_step(ordered), ordered.options.jump_deviations);
  const std::map<std::int64_t, FieldSpike> field_spikes = find_field_spikes(bars);
  MoveTallies tallies = classify(series, moves, field_spikes, ordered.options.jump_deviations);
  // Spikes of single fields and of closes are one kind of finding; rows in order, so that `first` is the
  // first.
  Tally spikes;
  std::set<std::int64_t> spike_rows = tallies.spiked_rows;
  for (const auto& [row, spike] : field_spikes) spike_rows.insert(row);
  for (const std::int64_t row : spike_rows) {
    const auto field = field_spikes.find(row);
    spikes.add(row, field != field_spikes.end() ? field->second.distance()
                                                : std::abs(tallies.by_row[row].log_return));
  }
  const auto describe_move = [&](std::int64_t row) {
    const LargeMove& move = tallies.by_row.at(row);
    return fmt::format("{} ({:+.1f}%, {:.0f} deviations)",
                       describe_close(bars, row, series.row_of(move.row - 1)),
                       100 * std::expm1(move.log_return), move.deviations);
  };
  Findings findings;
  if (tallies.jumps.count > 0) {
    findings.push_back(make_finding(
        ordered,
        {"jump",
         fmt::format("moves beyond {:g} robust deviations of their time or history",
                     ordered.options.jump_deviations),
         Severity::kWarning,
         "News, or a wrong price: compare with another source. Robust scaling keeps them from ruling a "
         "feature."},
        tallies.jumps, describe_move));
  }
  if (spikes.count > 0) {
    findings.push_back(
        make_finding(ordered,
                     {"spike_reverted", "prices far off for one bar, then back", Severity::kWarning,
                      "Usually a wrong tick or a slipped decimal point: correct the price at the source, or "
                      "leave the row out."},
                     spikes, [&](std::int64_t row) {
                       const auto field = field_spikes.find(row);
                       if (field == field_spikes.end()) return describe_move(row);
                       return describe_field_spike(field->second);
                     }));
  }
  if (tallies.splits.count > 0) {
    findings.push_back(make_finding(
        ordered,
        {"split_like", "moves with the ratio of a split that stay", Severity::kWarning,
         "Check for an unadjusted split; if so, load adjusted prices."},
        tallies.splits, [&](std::int64_t row) {
          return fmt::format("{}, like a {} split", describe_move(row), tallies.split_by_row.at(row));
        }));
  }
  return findings;
}

}  // namespace regimetry::market
