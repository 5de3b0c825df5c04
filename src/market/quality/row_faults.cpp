#include "market/quality/row_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace regimetry::market {
namespace {

// float32 keeps about seven digits; a high that misses the close by less than this was rounded, not wrong.
constexpr double kRoundingShare = 1e-6;
constexpr double kLargest = std::numeric_limits<double>::max();

struct NamedPrice {
  std::string_view name;
  double value;
};

std::array<NamedPrice, 4> named_prices(const BarValues& bar) {
  return {{{"open", bar.open}, {"high", bar.high}, {"low", bar.low}, {"close", bar.close}}};
}

template <typename IsBad>
std::string list_bad_prices(const BarValues& bar, IsBad is_bad) {
  std::string words;
  for (const auto& [name, value] : named_prices(bar)) {
    if (!is_bad(value)) continue;
    if (!words.empty()) words += ", ";
    words += std::isnan(value) ? fmt::format("{} missing", name) : fmt::format("{} {}", name, value);
  }
  return words;
}

// By how much one price that should not lie below another does, relative to the larger one.
double shortfall(double upper, double lower) {
  return (lower - upper) / lower;
}

void add_shape_faults(const BarValues& bar, RowFaults& faults) {
  const double body_top = std::max(bar.open, bar.close);
  const double body_bottom = std::min(bar.open, bar.close);
  if (bar.high < bar.low && shortfall(bar.high, bar.low) > kRoundingShare) {
    faults.add(RowFault::kHighBelowLow);  // its cousins below would only say the same again
    return;
  }
  const bool is_high_short = bar.high<body_top, is_low_long = bar.low> body_bottom;
  if (is_high_short && shortfall(bar.high, body_top) > kRoundingShare) faults.add(RowFault::kHighBelowBody);
  if (is_low_long && shortfall(body_bottom, bar.low) > kRoundingShare) faults.add(RowFault::kLowAboveBody);
  const bool is_off = bar.high < bar.low || is_high_short || is_low_long;
  if (is_off && !faults.has(RowFault::kHighBelowBody) && !faults.has(RowFault::kLowAboveBody)) {
    faults.add(RowFault::kOhlcRounding);
  }
}

}  // namespace

BarValues values_at(const Bars& bars, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  return {bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]};
}

RowFaults faults_of(const BarValues& bar) noexcept {
  RowFaults faults;
  bool has_bad_price = false;
  for (const auto& [name, price] : named_prices(bar)) {
    if (std::isnan(price)) {
      faults.add(RowFault::kMissingPrice);
    } else if (std::isinf(price)) {
      faults.add(RowFault::kNonFinitePrice);
    } else if (price <= 0) {
      faults.add(RowFault::kNonPositivePrice);
    } else {
      continue;
    }
    has_bad_price = true;
  }
  if (!has_bad_price) add_shape_faults(bar, faults);
  const auto is_good = [](double price) { return price > 0 && price <= kLargest; };
  if (bar.open == 0 && is_good(bar.high) && is_good(bar.low) && is_good(bar.close)) {
    faults = {};
    faults.add(RowFault::kOpenZero);
  }
  if (std::isinf(bar.volume)) {
    faults.add(RowFault::kNonFiniteVolume);
  } else if (bar.volume < 0) {
    faults.add(RowFault::kNegativeVolume);
  }
  return faults;
}

bool any_fault(const Bars& bars, std::int64_t begin, std::int64_t end) noexcept {
  const double* open = bars.open.data();
  const double* high = bars.high.data();
  const double* low = bars.low.data();
  const double* close = bars.close.data();
  const double* volume = bars.volume.data();
  // Written so that a NaN fails every comparison it stands in. `&` rather than `&&`: no branches, so it
  // vectorises.
  std::int64_t good_rows = 0;
  for (std::int64_t i = begin; i < end; ++i) {
    const bool holds = (low[i] > 0) & (high[i] <= kLargest) & (high[i] >= open[i]) & (high[i] >= close[i]) &
                       (low[i] <= open[i]) & (low[i] <= close[i]) & !(volume[i] < 0) &
                       !(volume[i] > kLargest);
    good_rows += static_cast<std::int64_t>(holds);
  }
  return good_rows != end - begin;
}

double badness_of(RowFault fault, const BarValues& bar) noexcept {
  const double body_top = std::max(bar.open, bar.close);
  const double body_bottom = std::min(bar.open, bar.close);
  switch (fault) {
    case RowFault::kMissingPrice: {
      const auto prices = named_prices(bar);
      return static_cast<double>(std::count_if(prices.begin(), prices.end(),
                                               [](const NamedPrice& p) { return std::isnan(p.value); }));
    }
    case RowFault::kNonPositivePrice:
      return -std::min({bar.open, bar.high, bar.low, bar.close});
    case RowFault::kHighBelowLow:
      return shortfall(bar.high, bar.low);
    case RowFault::kHighBelowBody:
      return shortfall(bar.high, body_top);
    case RowFault::kLowAboveBody:
      return shortfall(body_bottom, bar.low);
    case RowFault::kOhlcRounding:
      return std::max(shortfall(bar.high, body_top), shortfall(body_bottom, bar.low));
    case RowFault::kNegativeVolume:
      return -bar.volume;
    case RowFault::kNonFinitePrice:
    case RowFault::kOpenZero:
    case RowFault::kNonFiniteVolume:
      break;
  }
  return 0;  // no degrees: the first row is as bad as any
}

std::string describe_fault(RowFault fault, const BarValues& bar) {
  switch (fault) {
    case RowFault::kMissingPrice:
      return list_bad_prices(bar, [](double price) { return std::isnan(price); });
    case RowFault::kNonFinitePrice:
      return list_bad_prices(bar, [](double price) { return std::isinf(price); }) + " is not a finite number";
    case RowFault::kNonPositivePrice:
      return list_bad_prices(bar, [](double price) { return price <= 0; }) + " is not above zero";
    case RowFault::kOpenZero:
      return fmt::format("open 0 beside high {}, low {}, close {}", bar.high, bar.low, bar.close);
    case RowFault::kHighBelowLow:
      return fmt::format("high {} is below low {}", bar.high, bar.low);
    case RowFault::kHighBelowBody:
      return bar.close >= bar.open ? fmt::format("high {} is below close {}", bar.high, bar.close)
                                   : fmt::format("high {} is below open {}", bar.high, bar.open);
    case RowFault::kLowAboveBody:
      return bar.close <= bar.open ? fmt::format("low {} is above close {}", bar.low, bar.close)
                                   : fmt::format("low {} is above open {}", bar.low, bar.open);
    case RowFault::kOhlcRounding:
      return fmt::format("open {}, high {}, low {}, close {}", bar.open, bar.high, bar.low, bar.close);
    case RowFault::kNegativeVolume:
      return fmt::format("volume {} is negative", bar.volume);
    case RowFault::kNonFiniteVolume:
      break;
  }
  return fmt::format("volume {} is not a finite number", bar.volume);
}

const RowFaultWords& words_of(RowFault fault) noexcept {
  static constexpr std::array<RowFaultWords, kRowFaultCount> kWords{{
      {"missing_price", "prices missing",
       "Fill the cells at the source, or leave the rows out with --on-bad-row=drop."},
      {"non_finite_price", "prices that are infinite",
       "An infinite price comes from a division by zero upstream; correct it there, or use "
       "--on-bad-row=drop."},
      {"non_positive_price", "prices that are zero or negative",
       "Regimetry works with returns, which need prices above zero; correct the rows, or use "
       "--on-bad-row=drop."},
      {"open_zero", "open is 0 although high, low and close are there",
       "The source did not record the open. Take another source for that time, or use --on-bad-row=drop."},
      {"high_below_low", "high below low",
       "Correct the rows, or use --on-bad-row=repair: swapped values are put back."},
      {"high_below_body", "high below open or close",
       "Correct the rows, or use --on-bad-row=repair: small misses are widened, others dropped."},
      {"low_above_body", "low above open or close",
       "Correct the rows, or use --on-bad-row=repair: small misses are widened, others dropped."},
      {"ohlc_rounding", "high or low misses open or close by rounding",
       "Nothing to do: high and low are widened by less than a millionth of the price."},
      {"negative_volume", "volume below zero",
       "Correct the rows, or use --on-bad-row=repair, which marks the volume as missing."},
      {"non_finite_volume", "volume is infinite",
       "Correct the rows, or use --on-bad-row=repair, which marks the volume as missing."},
  }};
  return kWords[static_cast<std::size_t>(fault)];
}

}  // namespace regimetry::market
