// When bars happen: the stamps of a simulated market, and what the hour of the day does to a bar.
//
// Time:   stamps are the start of each bar, UTC.
// Shape:  T stamps; a trading day has N slots and bar t falls into slot t mod N (N = 1 for daily and longer
// bars). The
//         slot vectors have N elements.
// Units:  multipliers of the sd and of the volume of the average bar of the day; squares of sd_multiplier
// average to 1, so
//         a day's variance is N times the bar's whatever the profile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "market/timeframe.hpp"

namespace regimetry::market {

enum class CalendarKind {
  kAuto,      // business days for daily and longer bars, sessions below
  kBusiness,  // Monday to Friday, without holidays; daily, weekly or monthly bars
  kSession,   // Monday to Friday from session_open to session_close in time_zone; bars shorter than a day
  kAlways,    // every hour of every day, as crypto markets
};

struct CalendarOptions {
  CalendarKind kind = CalendarKind::kAuto;
  // ISO date or stamp of the earliest possible bar; the first bar is the first one at or after it.
  std::string start = "2000-01-03";
  std::string session_open = "09:30", session_close = "16:00";  // wall clock in time_zone
  std::string time_zone = "America/New_York";
  // U-shape of a session: variance and volume at both ends are 1 + 2a, in the middle 1 - a of the average. 0
  // .. below 1. For sessions only. Absent: kUsualSeasonality there.
  std::optional<double> intraday_seasonality;
  // Share of a day's variance that passes between a close and the next open, seen as a gap. 0 .. below 1. For
  // sessions and daily bars on business days; other bars follow each other without a break.
  double overnight_share = 0;

  static constexpr double kUsualSeasonality = 0.5;

  // Every problem of `bar_count` bars of `timeframe`, in words for the user, options that would be without
  // effect among them. Without a timeframe: what can be told before it is known.
  [[nodiscard]] std::vector<std::string> problems(std::optional<Timeframe> timeframe,
                                                  std::int64_t bar_count) const;
};

struct BarCalendar {
  CalendarKind kind = CalendarKind::kBusiness;  // never kAuto
  std::vector<TimestampNs> stamps;              // [T]
  std::vector<double> sd_multipliers;           // [N], of the whole bar including the gap before it
  std::vector<double> gap_shares;          // [N], share of the bar's variance before its open; empty: no gaps
  std::vector<double> volume_multipliers;  // [N]
  double trading_days_per_bar = 1;         // 1/N intraday, 5 (business) or 7 for weeks, 20 or 30 for months

  [[nodiscard]] std::int64_t slot_count() const noexcept {
    return static_cast<std::int64_t>(sd_multipliers.size());
  }
  // True when every bar has the same sd, so that nobody need look slots up.
  [[nodiscard]] bool has_flat_sd() const noexcept { return slot_count() == 1; }
};

// The calendar of `bar_count` bars of `timeframe`.
// Throws Error (kUsage) for options that have problems(), naming the flags, as when bars would leave the
// years that stamps can hold (1678 to 2262).
[[nodiscard]] BarCalendar make_calendar(const CalendarOptions& options, Timeframe timeframe,
                                        std::int64_t bar_count);
// Trading days in one bar of `timeframe` on a calendar of that kind, as needed to scale regimes between
// timeframes.
[[nodiscard]] double trading_days_per_bar(const CalendarOptions& options, Timeframe timeframe);

[[nodiscard]] std::string calendar_name(CalendarKind kind);  // "auto", "business", "session", "24x7"

}  // namespace regimetry::market
