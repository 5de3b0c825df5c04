#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

#include "market/quality/checks.hpp"

namespace regimetry::market {
namespace {

Findings find_too_short(const CheckedBars& read) {
  const std::int64_t count = read.bars.size();
  if (count == 0 || count >= read.options.min_history_bars) return {};
  Tally tally;
  tally.add(0, 0);
  QualityFinding finding =
      make_finding(read,
                   {"too_short", fmt::format("only {} bars of history", count), Severity::kWarning,
                    fmt::format("Regimes need history: bring at least {} bars, or a smaller timeframe.",
                                read.options.min_history_bars)},
                   tally, [&](std::int64_t) { return fmt::format("{} bars", count); });
  return {std::move(finding)};
}

Findings find_irregular_stamps(const CheckedBars& read) {
  if (read.bars.timeframe.is_known() || read.bars.size() < 3) return {};
  Tally tally;
  tally.add(0, 0);
  return {make_finding(
      read,
      {"irregular_stamps", "no usual spacing between bars", Severity::kWarning,
       "No spacing covers a third of the steps, so gaps cannot be judged. Are these ticks, or several "
       "instruments without a symbol column?"},
      tally, [](std::int64_t) { return std::string("spacing unknown"); })};
}

Findings find_partial_bars(const CheckedBars& read) {
  for (const Column& column : read.bars.extras) {
    if (column.name != "is_partial" || column.numbers.empty()) continue;
    Tally tally;
    for (std::size_t i = 0; i < column.numbers.size(); ++i) {
      if (column.numbers[i] == 1) tally.add(static_cast<std::int64_t>(i), 0);
    }
    if (tally.count == 0) return {};
    return {
        make_finding(read,
                     {"partial_bar", "bars marked as not complete", Severity::kInfo,
                      "The data begins or ends inside these bars; drop them with `resample --partial drop`."},
                     tally, [](std::int64_t) { return std::string("is_partial"); })};
  }
  return {};
}

constexpr std::array<std::string_view, 7> kMajorCurrencies{"USD", "EUR", "GBP", "CHF", "AUD", "NZD", "CAD"};
bool is_major_currency(std::string_view code) {
  return std::find(kMajorCurrencies.begin(), kMajorCurrencies.end(), code) != kMajorCurrencies.end();
}

// Some exports store currency prices as whole points. Between these currencies a price above 1000 has no
// other reading.
Findings find_price_scale(const CheckedBars& read) {
  const Bars& bars = read.bars;
  const std::string_view symbol = bars.symbol;
  if (symbol.size() < 6 || bars.size() == 0) return {};
  if (!is_major_currency(symbol.substr(0, 3)) || !is_major_currency(symbol.substr(3, 3))) return {};
  std::vector<double> closes;
  std::copy_if(bars.close.begin(), bars.close.end(), std::back_inserter(closes),
               [](double c) { return c > 0; });
  if (closes.empty()) return {};
  const auto middle = closes.begin() + static_cast<std::ptrdiff_t>(closes.size() / 2);
  std::nth_element(closes.begin(), middle, closes.end());
  if (!(*middle > 1000)) return {};
  Tally tally;
  tally.add(0, 0);
  tally.count = bars.size();
  return {make_finding(
      read,
      {"price_scale", "prices of a currency pair that look like whole points", Severity::kWarning,
       "Divide the prices by 100000 (five digits) before use; returns and regimes are not affected."},
      tally,
      [&](std::int64_t row) { return fmt::format("close {}", bars.close[static_cast<std::size_t>(row)]); })};
}

}  // namespace

Findings check_history(const CheckedBars& read) {
  Findings findings;
  for (const auto& find : {find_too_short, find_irregular_stamps, find_partial_bars, find_price_scale}) {
    for (QualityFinding& finding : find(read)) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace regimetry::market
