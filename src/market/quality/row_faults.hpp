// What can be wrong with one row by itself: prices that are missing, impossible or contradict each other.
//
// Judged in one place, so that the report (check_rows.cpp) and the cleaning (clean.cpp) can never disagree.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "market/bars.hpp"

namespace regimetry::market {

enum class RowFault : int {
  kMissingPrice,      // open, high, low or close is NaN
  kNonFinitePrice,    // ... is infinite
  kNonPositivePrice,  // ... is zero or negative (a zero open alone: kOpenZero)
  kOpenZero,          // open is 0 beside good high, low, close: the source did not record it
  kHighBelowLow,
  kHighBelowBody,  // high below open or close
  kLowAboveBody,   // low above open or close
  kOhlcRounding,   // any of the three above by less than a millionth of the price: float32 noise
  kNegativeVolume,
  kNonFiniteVolume,
};
inline constexpr int kRowFaultCount = 10;

// A set of faults.
class RowFaults {
 public:
  void add(RowFault fault) { bits_ |= 1U << static_cast<unsigned>(fault); }
  [[nodiscard]] bool has(RowFault fault) const { return (bits_ >> static_cast<unsigned>(fault) & 1U) != 0; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  // Nothing but rounding, which has one right answer under every policy.
  [[nodiscard]] bool only_rounding() const {
    return bits_ == 1U << static_cast<unsigned>(RowFault::kOhlcRounding);
  }

 private:
  unsigned bits_ = 0;
};

struct BarValues {
  double open = 0, high = 0, low = 0, close = 0, volume = 0;
};
[[nodiscard]] BarValues values_at(const Bars& bars, std::int64_t row);

[[nodiscard]] RowFaults faults_of(const BarValues& bar) noexcept;

// Whether any row of [begin, end) may have a fault: a screen without branches, so that clean blocks cost a
// few nanoseconds per row. Says true for every block with a fault, and for none without.
[[nodiscard]] bool any_fault(const Bars& bars, std::int64_t begin, std::int64_t end) noexcept;

// How bad the fault is, to find the worst row of a kind. Larger is worse; comparable within a kind only.
[[nodiscard]] double badness_of(RowFault fault, const BarValues& bar) noexcept;
// "high 1.3201 is below low 1.324"
[[nodiscard]] std::string describe_fault(RowFault fault, const BarValues& bar);

struct RowFaultWords {
  std::string_view check, title, advice;
};
[[nodiscard]] const RowFaultWords& words_of(RowFault fault) noexcept;

// Calls `visit(row, faults)` for every row with a fault, in order.
template <typename Visit>
void for_each_faulty_row(const Bars& bars, Visit visit) {
  constexpr std::int64_t kBlockRows = 1024;
  for (std::int64_t begin = 0; begin < bars.size(); begin += kBlockRows) {
    const std::int64_t end = begin + kBlockRows < bars.size() ? begin + kBlockRows : bars.size();
    if (!any_fault(bars, begin, end)) continue;
    for (std::int64_t row = begin; row < end; ++row) {
      if (const RowFaults faults = faults_of(values_at(bars, row)); !faults.empty()) visit(row, faults);
    }
  }
}

}  // namespace regimetry::market
