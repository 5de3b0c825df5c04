// Which stretch of time a row stands for: from the moment its bar begins to the moment its values are known.
//
// Why:    stamps alone do not compare across timeframes. The daily bar stamped on Monday's midnight is known
//         on Tuesday, after every hour of Monday; judged by its stamp it would seem to be known before them.
// Time:   a bar lasts as features/bar_clock.hpp says, but never into the next row of its instrument. Both
//         moments belong to the bar, so bars that follow one another are a nanosecond apart. Without a
//         timeframe a bar is the moment of its stamp.
// Cost:   a look at one neighbouring row.
#pragma once

#include <cstdint>

#include "core/time.hpp"
#include "features/bar_clock.hpp"
#include "features/feature_table.hpp"
#include "market/bars.hpp"

namespace regimetry::windows {

class BarSpans {
 public:
  // Borrows the stamps of the table.
  BarSpans(const features::FeatureTable& table, market::StampMeaning meaning);

  // Both grow from row to row; no row's last moment reaches the first moment of the next.
  [[nodiscard]] TimestampNs first_moment(std::int64_t row) const noexcept;
  [[nodiscard]] TimestampNs last_moment(std::int64_t row) const noexcept;

  // The first row whose bar is not over before `moment`; the row count when all are.
  [[nodiscard]] std::int64_t first_row_lasting_to(TimestampNs moment) const noexcept;
  // The first row whose bar begins after `moment`; the row count when none does.
  [[nodiscard]] std::int64_t first_row_begun_after(TimestampNs moment) const noexcept;

 private:
  const std::vector<TimestampNs>& stamps_;
  features::BarClock clock_;
};

}  // namespace regimetry::windows
