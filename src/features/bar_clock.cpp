#include "features/bar_clock.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>

namespace regimetry::features {
namespace {

using market::StampMeaning;

constexpr std::int64_t kLongestMonthNs = 31 * kNsPerDay;

TimestampNs later_by(TimestampNs stamp, std::int64_t length) noexcept {
  constexpr TimestampNs kLatest = std::numeric_limits<TimestampNs>::max();
  return stamp > kLatest - length ? kLatest : stamp + length;
}

TimestampNs earlier_by(TimestampNs stamp, std::int64_t length) noexcept {
  constexpr TimestampNs kEarliest = std::numeric_limits<TimestampNs>::min();
  return stamp < kEarliest + length ? kEarliest : stamp - length;
}

// `months` may be negative.
TimestampNs months_later(TimestampNs stamp, int months) noexcept {
  constexpr int kMonthsPerYear = 12;
  CivilTime civil = to_civil(stamp);
  const int month_index = civil.year * kMonthsPerYear + civil.month - 1 + months;
  civil.year = month_index / kMonthsPerYear;  // years are positive from 1678 to 2262
  civil.month = month_index % kMonthsPerYear + 1;
  while (civil.day > 28 && !is_valid_date(civil.year, civil.month, civil.day)) --civil.day;
  const std::int64_t reserve = std::abs(months) * kLongestMonthNs;  // where time ends
  return to_timestamp(civil).value_or(months > 0 ? later_by(stamp, reserve) : earlier_by(stamp, reserve));
}

market::Timeframe longest_timeframe(const market::MarketData& data) {
  market::Timeframe longest;
  for (const market::Bars& bars : data.instruments) {
    if (nominal_length(bars.timeframe) > nominal_length(longest)) longest = bars.timeframe;
  }
  return longest;
}

// Of the stored facts of instruments (market/instrument_facts.hpp), those that are looked at.
template <typename IsMeant>
std::optional<StampMeaning> stored_meaning(const nlohmann::json& metadata, IsMeant is_meant) {
  if (!metadata.is_object()) return std::nullopt;
  const auto instruments = metadata.find("instruments");
  if (instruments == metadata.end() || !instruments->is_array()) return std::nullopt;
  bool is_known = false, are_ends = true;
  for (const nlohmann::json& instrument : *instruments) {
    if (!instrument.is_object() || !is_meant(instrument)) continue;
    is_known = true;
    are_ends = are_ends && instrument.contains("stamp") &&
               instrument["stamp"] == market::stamp_meaning_name(StampMeaning::kBarEnd);
  }
  if (!is_known) return std::nullopt;
  return are_ends ? StampMeaning::kBarEnd : StampMeaning::kBarStart;
}

BarClock clock_for(const market::Bars& bars, const market::Timeframe& longest) {
  return {bars.timeframe.is_known() ? bars.timeframe : longest, bars.stamp_meaning};
}

}  // namespace

std::int64_t nominal_length(const market::Timeframe& timeframe) noexcept {
  return timeframe.months > 0 ? timeframe.months * kLongestMonthNs : timeframe.nanoseconds;
}

BarClock::BarClock(const market::Timeframe& timeframe, StampMeaning meaning)
    : nanoseconds_(timeframe.nanoseconds), months_(timeframe.months), meaning_(meaning) {}

TimestampNs BarClock::end_of(TimestampNs stamp) const noexcept {
  if (meaning_ == StampMeaning::kBarEnd) return stamp;
  return months_ > 0 ? months_later(stamp, months_) : later_by(stamp, nanoseconds_);
}

TimestampNs BarClock::first_moment(TimestampNs stamp) const noexcept {
  if (meaning_ == StampMeaning::kBarStart || !has_length()) return stamp;
  const TimestampNs before = months_ > 0 ? months_later(stamp, -months_) : earlier_by(stamp, nanoseconds_);
  return std::min(stamp, before + 1);  // at the begin of all time there is no earlier one
}

TimestampNs BarClock::last_moment(TimestampNs stamp) const noexcept {
  if (meaning_ == StampMeaning::kBarEnd || !has_length()) return stamp;
  return std::max(stamp, end_of(stamp) - 1);  // likewise at its end
}

bool BarClock::counts_days() const noexcept {
  return months_ > 0 || (nanoseconds_ > 0 && nanoseconds_ % kNsPerDay == 0);
}

std::int64_t BarClock::count_known(std::span<const TimestampNs> stamps, TimestampNs moment) const {
  const auto first_unknown = std::partition_point(stamps.begin(), stamps.end(),
                                                  [&](TimestampNs stamp) { return end_of(stamp) <= moment; });
  return first_unknown - stamps.begin();
}

std::vector<BarClock> clocks_of(const market::MarketData& data) {
  const market::Timeframe longest = longest_timeframe(data);
  std::vector<BarClock> clocks;
  clocks.reserve(data.instruments.size());
  for (const market::Bars& bars : data.instruments) clocks.push_back(clock_for(bars, longest));
  return clocks;
}

BarClock clock_of(const FeatureTable& table, const market::MarketData& data) {
  const market::Bars* source = nullptr;
  for (const market::Bars& bars : data.instruments) {
    if (bars.symbol != table.symbol) continue;
    if (source == nullptr || bars.timeframe == table.timeframe) source = &bars;
  }
  return {table.timeframe.is_known() ? table.timeframe : longest_timeframe(data),
          source == nullptr ? StampMeaning::kBarStart : source->stamp_meaning};
}

StampMeaning stamp_meaning_of(const nlohmann::json& metadata) {
  const auto all = [](const nlohmann::json&) { return true; };
  return stored_meaning(metadata, all).value_or(StampMeaning::kBarStart);
}

StampMeaning stamp_meaning_of(const nlohmann::json& metadata, const std::string& symbol) {
  const auto own = [&](const nlohmann::json& instrument) {
    return instrument.contains("symbol") && instrument["symbol"] == symbol;
  };
  const std::optional<StampMeaning> meaning = stored_meaning(metadata, own);
  return meaning ? *meaning : stamp_meaning_of(metadata);
}

}  // namespace regimetry::features
