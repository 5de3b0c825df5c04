// The nominal spacing of bars: what `1h` means, and how it is inferred from stamps.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace regimetry::market {

// A count of minutes, hours, days, weeks or months; months have no fixed length. Zero: unknown.
struct Timeframe {
  std::int64_t nanoseconds = 0;  // 0 when unknown or when `months` is set
  int months = 0;

  [[nodiscard]] bool is_known() const noexcept { return nanoseconds > 0 || months > 0; }
  // `1m`, `15m`, `4h`, `1d`, `1w`, `1mo`, `90s`; "unknown".
  [[nodiscard]] std::string name() const;
  // Reads what name() writes, and `60min`, `D1`, `H4`, `M15`, `daily`, `hourly`, `weekly`, `monthly`; any
  // case for words. `m` is minutes, `mo` months, as everywhere in this field.
  [[nodiscard]] static std::optional<Timeframe> parse(std::string_view text);
  friend bool operator==(const Timeframe&, const Timeframe&) = default;
};

struct TimeframeEstimate {
  Timeframe
      timeframe;  // unknown when fewer than 3 stamps, or no spacing covers at least a third of the steps
  double matching_share = 0;  // share of steps equal to the timeframe (days: 23..25 h, months: 28..31 d)
  // Measured: steps per elapsed year of 365.25 days, holes left out (steps longer than two weeks and than
  // three bars): a file cut in two halves still has 252 daily bars a year. 0 when it cannot be measured: no
  // two stamps, or bars shorter than a day over less than a week, which may or may not have weekends.
  double bars_per_year = 0;
};

// From non-decreasing stamps of one instrument. Daily bars keep being daily with weekends and holidays
// missing, and intraday bars with nights missing: the spacing is the most frequent step, not the mean.
[[nodiscard]] TimeframeEstimate infer_timeframe(std::span<const TimestampNs> stamps);

}  // namespace regimetry::market
