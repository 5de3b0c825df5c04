#include "features/audit/bar_clock.hpp"

#include <algorithm>

namespace regimetry::features {
namespace {

constexpr int kLongestMonth = 31;

// For comparing lengths only.
std::int64_t nominal_length(const market::Timeframe& timeframe) {
  return timeframe.months > 0 ? timeframe.months * kLongestMonth * kNsPerDay : timeframe.nanoseconds;
}

TimestampNs months_later(TimestampNs stamp, int months) {
  CivilTime civil = to_civil(stamp);
  const int month_index = civil.month - 1 + months;
  civil.year += month_index / 12;
  civil.month = month_index % 12 + 1;
  while (civil.day > 28 && !is_valid_date(civil.year, civil.month, civil.day)) --civil.day;
  return to_timestamp(civil).value_or(stamp);
}

market::Timeframe longest_timeframe(const market::MarketData& data) {
  market::Timeframe longest;
  for (const market::Bars& bars : data.instruments) {
    if (nominal_length(bars.timeframe) > nominal_length(longest)) longest = bars.timeframe;
  }
  return longest;
}

BarClock clock_for(const market::Bars& bars, const market::Timeframe& longest) {
  return {bars.timeframe.is_known() ? bars.timeframe : longest, bars.stamp_meaning};
}

}  // namespace

BarClock::BarClock(const market::Timeframe& timeframe, market::StampMeaning meaning) {
  if (meaning == market::StampMeaning::kBarEnd) return;
  nanoseconds_ = timeframe.nanoseconds;
  months_ = timeframe.months;
}

TimestampNs BarClock::end_of(TimestampNs stamp) const {
  return months_ > 0 ? months_later(stamp, months_) : stamp + nanoseconds_;
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
          source == nullptr ? market::StampMeaning::kBarStart : source->stamp_meaning};
}

}  // namespace regimetry::features
