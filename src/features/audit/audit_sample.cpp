#include "features/audit/audit_sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <vector>

#include "core/error.hpp"

namespace regimetry::features {
namespace {

constexpr std::size_t kFewestInstruments = 2;

std::vector<std::size_t> instruments_with_bars(const market::MarketData& data) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < data.instruments.size(); ++i) {
    if (data.instruments[i].size() > 0) indices.push_back(i);
  }
  return indices;
}

std::vector<std::size_t> evenly_chosen(const std::vector<std::size_t>& all, std::size_t count) {
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < count; ++k) chosen.push_back(all[(2 * k + 1) * all.size() / (2 * count)]);
  return chosen;
}

std::int64_t bars_in(const market::MarketData& data, const std::vector<std::size_t>& indices) {
  return std::accumulate(indices.begin(), indices.end(), std::int64_t{0},
                         [&](std::int64_t sum, std::size_t i) { return sum + data.instruments[i].size(); });
}

// The most instruments, evenly spread, whose bars fit.
std::vector<std::size_t> choose_instruments(const market::MarketData& data,
                                            const std::vector<std::size_t>& all, std::int64_t bar_limit) {
  if (bars_in(data, all) <= bar_limit || all.size() <= kFewestInstruments) return all;
  std::size_t fits = kFewestInstruments, too_many = all.size();
  while (too_many - fits > 1) {
    const std::size_t middle = (fits + too_many) / 2;
    (bars_in(data, evenly_chosen(all, middle)) <= bar_limit ? fits : too_many) = middle;
  }
  return evenly_chosen(all, fits);
}

market::Bars last_bars(const market::Bars& bars, std::int64_t count) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), bars.size() - count);
  return take_rows(bars, rows);
}

}  // namespace

AuditSample sample_for_audit(const market::MarketData& data, std::int64_t bar_limit) {
  const std::vector<std::size_t> all = instruments_with_bars(data);
  const std::vector<std::size_t> chosen = choose_instruments(data, all, bar_limit);
  AuditSample sample;
  sample.instruments_in_source = all.size();
  sample.data.metadata = data.metadata;
  const bool must_shorten = bars_in(data, chosen) > bar_limit;
  const std::int64_t share = bar_limit / std::max<std::int64_t>(1, static_cast<std::int64_t>(chosen.size()));
  for (const std::size_t i : chosen) {
    const market::Bars& bars = data.instruments[i];
    const bool is_long = must_shorten && bars.size() > share;
    sample.is_shortened = sample.is_shortened || is_long;
    sample.data.instruments.push_back(is_long ? last_bars(bars, share) : bars);
  }
  sample.words = chosen.size() == all.size()
                     ? fmt::format("{} instrument{}", all.size(), all.size() == 1 ? "" : "s")
                     : fmt::format("{} of {} instruments, evenly by symbol", chosen.size(), all.size());
  sample.words += fmt::format(", {}{} bars", sample.is_shortened ? "the last " : "", sample.data.bar_count());
  return sample;
}

void require_increasing_stamps(const market::MarketData& data) {
  for (const market::Bars& bars : data.instruments) {
    const auto wrong =
        std::adjacent_find(bars.timestamps.begin(), bars.timestamps.end(), std::greater_equal<>());
    if (wrong == bars.timestamps.end()) continue;
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: the bar at {} is not later than the one before it, at {}; clean the data first, as "
                    "'regimetry ingest' does",
                    bars.symbol, format_timestamp(*std::next(wrong)), format_timestamp(*wrong)));
  }
}

}  // namespace regimetry::features
