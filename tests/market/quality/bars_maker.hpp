// Healthy bars for tests to damage: a deterministic price path on a given calendar.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "market/bars.hpp"
#include "market/market_data.hpp"
#include "market/quality/check_quality.hpp"

namespace regimetry::market {

inline constexpr TimestampNs kFirstMonday = 17'903 * kNsPerDay;  // 2019-01-07

// Stamps of `count` weekdays from kFirstMonday on.
inline std::vector<TimestampNs> weekday_stamps(std::int64_t count) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; static_cast<std::int64_t>(stamps.size()) < count; ++day) {
    if (day % 7 < 5) stamps.push_back(kFirstMonday + day * kNsPerDay);
  }
  return stamps;
}

// 5-minute bars of a stock exchange on weekdays: 78 a day from 14:30, an hour earlier in the summer half of
// the year.
inline std::vector<TimestampNs> session_stamps(std::int64_t day_count) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; day < day_count; ++day) {
    if (day % 7 >= 5) continue;
    const bool is_summer = day % 364 > 60 && day % 364 < 300;
    const TimestampNs open = kFirstMonday + day * kNsPerDay + (is_summer ? 810 : 870) * kNsPerMinute;
    for (std::int64_t bar = 0; bar < 78; ++bar) stamps.push_back(open + bar * 5 * kNsPerMinute);
  }
  return stamps;
}

// Every `spacing` without a pause.
inline std::vector<TimestampNs> steady_stamps(std::int64_t count, std::int64_t spacing) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t i = 0; i < count; ++i) stamps.push_back(kFirstMonday + i * spacing);
  return stamps;
}

// Log returns uniform on [-move, move]: no natural return is beyond 2 robust deviations, so any jump was
// planted.
inline Bars healthy_bars(std::vector<TimestampNs> stamps, double move = 0.01) {
  std::mt19937_64 random(5);
  const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1.0p-53; };
  Bars bars;
  bars.symbol = "TEST";
  bars.source = "test.csv";
  bars.origin.first_line = 2;
  double close = 100;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const double open = close;
    close = open * std::exp((2 * uniform() - 1) * move);
    bars.open.push_back(open);
    bars.close.push_back(close);
    bars.high.push_back(std::max(open, close) * (1 + 0.1 * move * (0.1 + uniform())));
    bars.low.push_back(std::min(open, close) * (1 - 0.1 * move * (0.1 + uniform())));
    bars.volume.push_back(std::floor(1000 + 1e6 * uniform()));
  }
  bars.timestamps = std::move(stamps);
  const TimeframeEstimate estimate = infer_timeframe(bars.timestamps);
  bars.timeframe = estimate.timeframe;
  bars.bars_per_year = estimate.bars_per_year;
  return bars;
}

inline Bars healthy_days(std::int64_t count = 600) {
  return healthy_bars(weekday_stamps(count));
}

// Multiplies every price from `row` to the end, or to `end`.
inline void scale_prices(Bars& bars, std::int64_t row, double factor, std::int64_t end = -1) {
  for (auto* column : {&bars.open, &bars.high, &bars.low, &bars.close}) {
    const std::int64_t last = end < 0 ? bars.size() : end;
    for (std::int64_t i = row; i < last; ++i) (*column)[static_cast<std::size_t>(i)] *= factor;
  }
}

inline Bars without_rows(const Bars& bars, std::int64_t begin, std::int64_t end) {
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < bars.size(); ++row) {
    if (row < begin || row >= end) rows.push_back(row);
  }
  return take_rows(bars, rows);
}

inline MarketData market_of(Bars bars) {
  MarketData data;
  data.instruments.push_back(std::move(bars));
  return data;
}

inline InstrumentQuality check(Bars bars, const QualityOptions& options = {}) {
  ThreadPool pool(2);
  return check_quality(market_of(std::move(bars)), options, pool).instruments.front();
}

inline CleanResult clean_with(Bars bars, BadRowPolicy policy) {
  ThreadPool pool(2);
  QualityOptions options;
  options.on_bad_row = policy;
  return clean(market_of(std::move(bars)), options, pool, silent_observer());
}

// The finding of that key; null when the check found nothing.
inline const QualityFinding* find(const InstrumentQuality& quality, std::string_view key) {
  for (const QualityFinding& finding : quality.findings) {
    if (finding.check == key) return &finding;
  }
  return nullptr;
}

inline std::int64_t count_of(const InstrumentQuality& quality, std::string_view key) {
  const QualityFinding* finding = find(quality, key);
  return finding == nullptr ? 0 : finding->count;
}

}  // namespace regimetry::market
