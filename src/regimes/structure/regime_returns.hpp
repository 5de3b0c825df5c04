// What prices did while each regime lasted, and after.
//
// Time:   the return of a row leads from the close of the row before to its own; it belongs to the regime of
//         its row. The forward return of a row leads from its close to the one `h` rows later. None crosses
//         from one sequence to the next; rows without a label may lie between.
// Units:  log returns. Annual numbers use the bars per year of the caller and are NaN without.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"

namespace regimetry::regimes {

// [N]: log(close[n] / close[n - 1]); NaN at the first row of a sequence and where a price is missing or not
// above zero.
[[nodiscard]] std::vector<double> returns_to(std::span<const double> close,
                                             std::span<const IndexRange> sequences);
// [N]: log(close[n + ahead] / close[n]); NaN at the last rows of a sequence and as above.
[[nodiscard]] std::vector<double> forward_returns(std::span<const double> close,
                                                  std::span<const IndexRange> sequences, std::int64_t ahead);

struct ForwardReturn {
  std::int64_t horizon_bars = 0;
  std::int64_t count = 0;
  double mean = 0;           // NaN without any
  double mean_absolute = 0;  // the same
};

struct RegimeReturns {
  std::int64_t count = 0;          // rows of the regime with a return
  double mean = 0, deviation = 0;  // per bar; deviation with n - 1; NaN with too few
  double annual_return = 0;        // mean times bars per year: a log return
  double annual_volatility = 0;    // deviation times its square root
  double sharpe = 0;               // their ratio, without a riskless rate; NaN when volatility is 0
  // Largest loss from a high, 0..1, of holding the instrument in this regime's bars only; worst instrument.
  // NaN without a return.
  double max_drawdown = 0;
  std::vector<ForwardReturn> forward;  // one per horizon
};

// One per regime.
[[nodiscard]] std::vector<RegimeReturns> measure_returns(std::span<const std::int32_t> labels,
                                                         std::span<const double> close,
                                                         std::span<const IndexRange> sequences,
                                                         int regime_count, double bars_per_year,
                                                         std::span<const std::int64_t> horizons_bars);

}  // namespace regimetry::regimes
