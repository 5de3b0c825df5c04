#include "market/bars.hpp"

#include <cstddef>

#include "market/market_data.hpp"

namespace regimetry::market {
namespace {

template <typename T>
std::vector<T> take(const std::vector<T>& values, const std::vector<std::int64_t>& rows) {
  std::vector<T> taken;
  if (values.empty()) return taken;
  taken.reserve(rows.size());
  for (const std::int64_t row : rows) taken.push_back(values[static_cast<std::size_t>(row)]);
  return taken;
}

}  // namespace

std::string_view stamp_meaning_name(StampMeaning meaning) noexcept {
  return meaning == StampMeaning::kBarStart ? "start" : "end";
}

Bars take_rows(const Bars& bars, const std::vector<std::int64_t>& rows) {
  Bars taken;
  taken.symbol = bars.symbol;
  taken.timeframe = bars.timeframe;
  taken.bars_per_year = bars.bars_per_year;
  taken.stamp_meaning = bars.stamp_meaning;
  taken.source = bars.source;
  taken.timestamps = take(bars.timestamps, rows);
  taken.open = take(bars.open, rows);
  taken.high = take(bars.high, rows);
  taken.low = take(bars.low, rows);
  taken.close = take(bars.close, rows);
  taken.volume = take(bars.volume, rows);
  for (const Column& extra : bars.extras) {
    taken.extras.push_back({extra.name, extra.kind, take(extra.numbers, rows), take(extra.codes, rows),
                            extra.categories, take(extra.times, rows)});
  }
  // Rows of several files in a new order would each need their file's name; lines without it would mislead.
  if (bars.origin.files.empty() && (bars.origin.first_line > 0 || !bars.origin.lines.empty())) {
    taken.origin.lines.reserve(rows.size());
    for (const std::int64_t row : rows) taken.origin.lines.push_back(bars.origin.line_of(row));
  }
  return taken;
}

std::int64_t MarketData::bar_count() const noexcept {
  std::int64_t count = 0;
  for (const Bars& bars : instruments) count += bars.size();
  return count;
}

}  // namespace regimetry::market
