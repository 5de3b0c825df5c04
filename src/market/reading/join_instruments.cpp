#include "market/reading/join_instruments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "market/instrument_facts.hpp"

namespace regimetry::market {
namespace {

using TimeframeKey = std::pair<int, std::int64_t>;

TimeframeKey key_of(const Timeframe& timeframe) {
  return {timeframe.months, timeframe.nanoseconds};
}

template <typename T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
  std::vector<T>().swap(from);
}

void fill_missing(Column& column, std::int64_t row_count) {
  const auto rows = static_cast<std::size_t>(row_count);
  switch (column.kind) {
    case ColumnKind::kNumber:
    case ColumnKind::kBoolean:
      column.numbers.resize(rows, std::numeric_limits<double>::quiet_NaN());
      return;
    case ColumnKind::kCategory:
      column.codes.resize(rows, kMissingCode);
      return;
    case ColumnKind::kTime:
      column.times.resize(rows, kMissingTime);
      return;
  }
}

void append_column(Column& to, Column& from) {
  append(to.numbers, from.numbers);
  append(to.times, from.times);
  std::map<std::string, std::int32_t, std::less<>> code_of;
  for (std::size_t i = 0; i < to.categories.size(); ++i)
    code_of.emplace(to.categories[i], static_cast<std::int32_t>(i));
  std::vector<std::int32_t> new_code;
  for (const std::string& word : from.categories) {
    const auto [entry, is_new] = code_of.try_emplace(word, static_cast<std::int32_t>(to.categories.size()));
    if (is_new) to.categories.push_back(word);
    new_code.push_back(entry->second);
  }
  for (std::int32_t& code : from.codes) {
    if (code != kMissingCode) code = new_code[static_cast<std::size_t>(code)];
  }
  append(to.codes, from.codes);
}

void append_extras(Bars& to, Bars& from) {
  const std::int64_t rows_before = to.size(), rows_after = to.size() + from.size();
  for (Column& extra : from.extras) {
    auto found = std::find_if(to.extras.begin(), to.extras.end(),
                              [&](const Column& c) { return c.name == extra.name && c.kind == extra.kind; });
    if (found == to.extras.end()) {
      Column empty;
      empty.name = extra.name;
      empty.kind = extra.kind;
      fill_missing(empty, rows_before);
      to.extras.push_back(std::move(empty));
      found = std::prev(to.extras.end());
    }
    append_column(*found, extra);
  }
  for (Column& extra : to.extras) fill_missing(extra, rows_after);
}

void append_bars(Bars& to, Bars& from) {
  append_extras(to, from);
  append(to.open, from.open);
  append(to.high, from.high);
  append(to.low, from.low);
  append(to.close, from.close);
  append(to.volume, from.volume);
  append(to.timestamps, from.timestamps);
}

// Notes where the rows of `piece` stand, which come behind those already noted.
void append_origin(RowOrigin& origin, const Bars& piece) {
  origin.files.push_back({static_cast<std::int64_t>(origin.lines.size()), piece.source});
  for (std::int64_t row = 0; row < piece.size(); ++row) origin.lines.push_back(piece.origin.line_of(row));
}

// Pieces of one instrument, sorted by first stamp -> the instrument.
Bars join_pieces(std::vector<Bars> pieces) {
  Bars joined = std::move(pieces.front());
  if (pieces.size() == 1) return joined;
  std::size_t rows = joined.timestamps.size();
  std::set<std::string> files = {joined.source};
  for (std::size_t i = 1; i < pieces.size(); ++i) rows += pieces[i].timestamps.size();
  for (std::vector<double>* column :
       {&joined.open, &joined.high, &joined.low, &joined.close, &joined.volume}) {
    column->reserve(rows);
  }
  joined.timestamps.reserve(rows);
  RowOrigin origin;
  append_origin(origin, joined);
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    files.insert(pieces[i].source);
    append_origin(origin, pieces[i]);
    append_bars(joined, pieces[i]);
  }
  joined.origin = std::move(origin);
  if (files.size() > 1) joined.source = fmt::format("{} and {} more", joined.source, files.size() - 1);
  const Timeframe timeframe = joined.timeframe;
  StoredInstrumentFacts(nullptr).settle(joined,
                                        timeframe.is_known() ? std::optional(timeframe) : std::nullopt);
  return joined;
}

// Whether every step is a whole number of bars of `timeframe`; days may differ by an hour of daylight saving.
bool steps_are_bars_of(const std::vector<TimestampNs>& stamps, const Timeframe& timeframe) {
  const std::int64_t bar = timeframe.nanoseconds, slack = bar >= kNsPerDay ? kNsPerHour : 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const std::int64_t step = stamps[i] - stamps[i - 1];
    const std::int64_t whole = (step + bar / 2) / bar * bar;
    if (step < 0 || std::abs(step - whole) > slack) return false;
  }
  return true;
}

// The end of a longer file, such as the daily bars of a Friday, Monday and Wednesday: few and uneven steps,
// whose measured timeframe (2d) is but a small multiple of the real one. A timeframe that someone gave, or
// that even steps show, is believed.
bool may_be_tail_of(const Bars& piece, const Timeframe& timeframe) {
  constexpr std::size_t kFewStamps = 6;
  constexpr std::int64_t kMostBars = 4;
  const std::vector<TimestampNs>& stamps = piece.timestamps;
  const std::int64_t bar = timeframe.nanoseconds, measured = piece.timeframe.nanoseconds;
  if (bar <= 0 || measured <= bar || measured > kMostBars * bar) return false;
  if (stamps.size() < 3 || stamps.size() > kFewStamps || stamps.front() == kMissingTime) return false;
  if (!std::is_sorted(stamps.begin(), stamps.end())) return false;
  if (infer_timeframe(stamps).timeframe != piece.timeframe) return false;
  bool is_even = true;
  for (std::size_t i = 2; i < stamps.size(); ++i)
    is_even = is_even && stamps[i] - stamps[i - 1] == stamps[1] - stamps[0];
  return !is_even && steps_are_bars_of(stamps, timeframe);
}

// Gives each short piece the timeframe of the longer pieces whose tail it may be.
void adopt_tails(std::vector<Bars>& pieces) {
  const auto longest = std::max_element(pieces.begin(), pieces.end(),
                                        [](const Bars& a, const Bars& b) { return a.size() < b.size(); });
  const Timeframe timeframe = longest->timeframe;
  for (Bars& piece : pieces) {
    if (may_be_tail_of(piece, timeframe)) piece.timeframe = timeframe;
  }
}

// Pieces of one symbol by timeframe; those without one go to the only one there is.
std::map<TimeframeKey, std::vector<Bars>> by_timeframe(std::vector<Bars> pieces) {
  std::map<TimeframeKey, std::vector<Bars>> groups;
  adopt_tails(pieces);
  for (Bars& piece : pieces) groups[key_of(piece.timeframe)].push_back(std::move(piece));
  const auto unknown = groups.find(key_of(Timeframe{}));
  if (unknown == groups.end() || groups.size() != 2) return groups;
  std::vector<Bars> short_pieces = std::move(unknown->second);
  groups.erase(unknown);
  for (Bars& piece : short_pieces) {
    piece.timeframe = groups.begin()->second.front().timeframe;
    groups.begin()->second.push_back(std::move(piece));
  }
  return groups;
}

}  // namespace

std::vector<Bars> join_instruments(std::vector<Bars> pieces) {
  std::map<std::string, std::vector<Bars>> by_symbol;
  for (Bars& piece : pieces) by_symbol[piece.symbol].push_back(std::move(piece));
  std::vector<Bars> instruments;
  for (auto& [symbol, of_symbol] : by_symbol) {
    for (auto& [key, group] : by_timeframe(std::move(of_symbol))) {
      const auto first_stamp = [](const Bars& bars) {
        return bars.timestamps.empty() ? kMissingTime : bars.timestamps.front();
      };
      std::stable_sort(group.begin(), group.end(),
                       [&](const Bars& a, const Bars& b) { return first_stamp(a) < first_stamp(b); });
      const Timeframe timeframe = group.front().timeframe;
      instruments.push_back(join_pieces(std::move(group)));
      if (timeframe.is_known()) instruments.back().timeframe = timeframe;
    }
  }
  return instruments;
}

}  // namespace regimetry::market
