#include "market/reading/assemble_bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/column_roles.hpp"
#include "market/instrument_facts.hpp"
#include "market/reading/bar_columns.hpp"
#include "market/reading/group_rows.hpp"
#include "market/reading/number_format.hpp"

namespace regimetry::market {
namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kGrain = 1 << 16;

std::string place_of(const ColumnTable& table, std::int64_t row) {
  const std::int64_t line = table.origin.line_of(row);
  return line > 0 ? fmt::format("{}:{}", table.source, line)
                  : fmt::format("{}: row {}", table.source, row + 1);
}

// Prices written as text ("1.0925", as JSON of exchanges has them) become numbers.
std::vector<double> numbers_of(Column column, const ColumnTable& table) {
  if (column.kind == ColumnKind::kNumber) return std::move(column.numbers);
  if (column.kind != ColumnKind::kCategory) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: column '{}' should hold numbers but holds {}. Name another column "
                            "with --column.",
                            table.source, printable(column.name),
                            column.kind == ColumnKind::kTime ? "times" : "true and false"));
  }
  std::vector<double> value_of;
  for (std::size_t i = 0; i < column.categories.size(); ++i) {
    const std::string& word = column.categories[i];
    const std::optional<double> value =
        is_missing(word) ? std::optional(kMissingNumber) : parse_number(word, NumberStyle{});
    if (!value) {
      const auto found = std::find(column.codes.begin(), column.codes.end(), static_cast<std::int32_t>(i));
      throw Error(ErrorKind::kData,
                  fmt::format("{}: column '{}' holds '{}', which is not a number. Correct the row, or "
                              "name another column with --column.",
                              place_of(table, found - column.codes.begin()), printable(column.name),
                              printable(word)));
    }
    value_of.push_back(*value);
  }
  std::vector<double> numbers;
  numbers.reserve(column.codes.size());
  for (const std::int32_t code : column.codes) {
    numbers.push_back(code == kMissingCode ? kMissingNumber : value_of[static_cast<std::size_t>(code)]);
  }
  return numbers;
}

// The columns of a bar, before rows are parted by instrument.
struct BarTable {
  std::vector<TimestampNs> timestamps;
  std::vector<double> open, high, low, close, volume;  // volume empty: the source has none
  Column symbol, timeframe;                            // categories without rows where the table has none
  std::vector<Column> extras;
};

bool is_zero_or_missing(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return v == 0 || std::isnan(v); });
}

// Open, high, low and close as if splits and dividends had always been paid out: scaled by the same factor,
// row by row.
void adjust_prices(BarTable& bars, std::vector<double> adjusted_close, ThreadPool& pool) {
  pool.parallel_for(static_cast<std::int64_t>(adjusted_close.size()), kGrain, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      const double factor = adjusted_close[i] / bars.close[i];
      if (factor == 1) continue;
      bars.open[i] *= factor;
      bars.high[i] *= factor;
      bars.low[i] *= factor;
    }
  });
  bars.close = std::move(adjusted_close);
}

// A row with a close and no adjusted one cannot be adjusted: it loses all its prices, and the user is told
// why.
void tell_missing_adjustment(const std::vector<double>& close, const std::vector<double>& adjusted,
                             const std::string& name, const ColumnTable& table, Observer& observer) {
  std::int64_t count = 0, first = 0;
  for (std::size_t row = 0; row < close.size(); ++row) {
    if (!std::isnan(adjusted[row]) || std::isnan(close[row])) continue;
    if (count++ == 0) first = static_cast<std::int64_t>(row);
  }
  if (count == 0) return;
  observer.on_warning(
      fmt::format("{}: '{}' is empty here beside a close of {} ({} such {}), so the prices of the row cannot "
                  "be adjusted and "
                  "count as missing. Complete it, or pass --adjust off to take the prices as they are.",
                  place_of(table, first), name, close[static_cast<std::size_t>(first)], count,
                  count == 1 ? "row" : "rows"));
}

bool differs(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && !(std::isnan(a[i]) && std::isnan(b[i]))) return true;
  }
  return false;
}

void take_volume(BarTable& bars, const BarColumns& roles, ColumnTable& table, Observer& observer,
                 std::vector<bool>& is_taken) {
  if (roles.volume) {
    bars.volume = numbers_of(std::move(table.columns[*roles.volume]), table);
    is_taken[*roles.volume] = true;
  }
  if (!roles.tick_volume || (roles.volume && !is_zero_or_missing(bars.volume))) return;
  const std::string name = printable(table.columns[*roles.tick_volume].name);
  std::vector<double> ticks = numbers_of(std::move(table.columns[*roles.tick_volume]), table);
  is_taken[*roles.tick_volume] = true;
  if (roles.volume && is_zero_or_missing(ticks)) return;
  bars.volume = std::move(ticks);
  observer.on_note(fmt::format("{}: volume is the number of ticks ('{}'), since {}", table.source, name,
                               roles.volume ? "the volume column is zero throughout" : "there is no other"));
}

// A symbol column of numbers (600519), or a timeframe in minutes, is a list of names all the same.
Column as_category(Column column) {
  if (column.kind == ColumnKind::kCategory) return column;
  Column category;
  category.name = std::move(column.name);
  category.kind = ColumnKind::kCategory;
  std::unordered_map<double, std::int32_t> code_of;
  for (const double number : column.numbers) {
    if (std::isnan(number)) {
      category.codes.push_back(kMissingCode);
      continue;
    }
    const auto [entry, is_new] =
        code_of.try_emplace(number, static_cast<std::int32_t>(category.categories.size()));
    if (is_new) category.categories.push_back(fmt::format("{}", number));
    category.codes.push_back(entry->second);
  }
  return category;
}

BarTable take_columns(ColumnTable& table, const BarColumns& roles, const ReadOptions& options,
                      ThreadPool& pool, Observer& observer) {
  BarTable bars;
  std::vector<bool> is_taken(table.columns.size(), false);
  const auto take = [&](std::size_t column) {
    is_taken[column] = true;
    return numbers_of(std::move(table.columns[column]), table);
  };
  is_taken[roles.timestamp] = true;
  bars.timestamps = std::move(table.columns[roles.timestamp].times);
  const std::string close_name = printable(table.columns[roles.close].name);
  bars.close = take(roles.close);
  if (roles.open) {
    bars.open = take(*roles.open);
    bars.high = take(*roles.high);
    bars.low = take(*roles.low);
  } else {
    bars.open = bars.high = bars.low = bars.close;
    observer.on_note(fmt::format("{}: has one price ('{}') and no open, high and low; it stands for all four",
                                 table.source, close_name));
  }
  if (roles.adjusted_close && options.adjust == AdjustPolicy::kAdjust) {
    const std::string name = printable(table.columns[*roles.adjusted_close].name);
    std::vector<double> adjusted = take(*roles.adjusted_close);
    tell_missing_adjustment(bars.close, adjusted, name, table, observer);
    if (differs(adjusted, bars.close)) {
      adjust_prices(bars, std::move(adjusted), pool);
      observer.on_note(fmt::format(
          "{}: open, high, low and close were adjusted by '{}' / '{}'; --adjust off keeps them as "
          "they are",
          table.source, name, close_name));
    }
  }
  take_volume(bars, roles, table, observer, is_taken);
  if (roles.symbol) {
    is_taken[*roles.symbol] = true;
    bars.symbol = as_category(std::move(table.columns[*roles.symbol]));
  }
  if (roles.timeframe) {
    is_taken[*roles.timeframe] = true;
    bars.timeframe = as_category(std::move(table.columns[*roles.timeframe]));
  }
  if (!options.keep_extras) return bars;

  static constexpr std::array<std::string_view, 7> kOwnNames = {"timestamp", "symbol", "open",  "high",
                                                                "low",       "close",  "volume"};
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (is_taken[i]) continue;
    Column& extra = table.columns[i];
    // Two columns of one name could not be told apart in a file.
    if (std::find(kOwnNames.begin(), kOwnNames.end(), extra.name) != kOwnNames.end()) extra.name += "_source";
    bars.extras.push_back(std::move(extra));
  }
  return bars;
}

// One number per row for its symbol and timeframe, and what each number stands for.
struct InstrumentKeys {
  std::vector<std::int32_t> key_of_row;  // empty: all rows are one instrument
  std::vector<std::pair<std::string, std::string>>
      symbol_and_timeframe;  // timeframe as written; "" when not given
};

InstrumentKeys instrument_keys(BarTable& bars, const TableFacts& facts, const ColumnTable& table) {
  InstrumentKeys keys;
  Column symbol = std::move(bars.symbol), timeframe = std::move(bars.timeframe);
  if (symbol.categories.empty()) symbol.codes.clear();  // no row names one
  if (timeframe.categories.empty()) timeframe.codes.clear();
  const auto missing = std::find(symbol.codes.begin(), symbol.codes.end(), kMissingCode);
  if (missing != symbol.codes.end()) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: column '{}' is empty here but names a symbol elsewhere. Complete the row, "
                            "or drop the column and give --symbol.",
                            place_of(table, missing - symbol.codes.begin()), printable(symbol.name)));
  }
  const std::vector<std::string> symbols =
      symbol.codes.empty() ? std::vector{facts.symbol} : std::move(symbol.categories);
  std::vector<std::string> timeframes =
      timeframe.codes.empty() ? std::vector<std::string>{""} : std::move(timeframe.categories);
  // Rows without a timeframe form an instrument of their own.
  if (std::find(timeframe.codes.begin(), timeframe.codes.end(), kMissingCode) != timeframe.codes.end()) {
    std::replace(timeframe.codes.begin(), timeframe.codes.end(), kMissingCode,
                 static_cast<std::int32_t>(timeframes.size()));
    timeframes.emplace_back();
  }
  if (symbols.size() == 1 && timeframes.size() == 1) {
    keys.symbol_and_timeframe.emplace_back(symbols.front(), timeframes.front());
    return keys;
  }
  // Only pairs that occur get a number: all pairs of thousands of symbols and timeframes would fill the
  // memory.
  const auto width = static_cast<std::int64_t>(timeframes.size());
  std::unordered_map<std::int64_t, std::int32_t> key_of_pair;
  keys.key_of_row.reserve(bars.timestamps.size());
  for (std::size_t row = 0; row < bars.timestamps.size(); ++row) {
    const std::int64_t s = symbol.codes.empty() ? 0 : symbol.codes[row];
    const std::int64_t t = timeframe.codes.empty() ? 0 : timeframe.codes[row];
    const auto [entry, is_new] =
        key_of_pair.try_emplace(s * width + t, static_cast<std::int32_t>(keys.symbol_and_timeframe.size()));
    if (is_new) {
      keys.symbol_and_timeframe.emplace_back(symbols[static_cast<std::size_t>(s)],
                                             timeframes[static_cast<std::size_t>(t)]);
    }
    keys.key_of_row.push_back(entry->second);
  }
  return keys;
}

// Numbers the categories of one instrument by its own first appearances, so that it looks the same in
// whatever file it stands.
void compact_categories(Column& column, const std::vector<std::string>& categories) {
  std::vector<std::int32_t> new_code(categories.size(), kMissingCode);
  std::vector<std::string> used;
  for (std::int32_t& code : column.codes) {
    if (code == kMissingCode) continue;
    std::int32_t& mapped = new_code[static_cast<std::size_t>(code)];
    if (mapped == kMissingCode) {
      mapped = static_cast<std::int32_t>(used.size());
      used.push_back(categories[static_cast<std::size_t>(code)]);
    }
    code = mapped;
  }
  column.categories = std::move(used);
}

Column take_group(const Column& column, const RowGroups& groups, std::int64_t group) {
  Column taken;
  taken.name = column.name;
  taken.kind = column.kind;
  if (!column.numbers.empty()) taken.numbers = take_group(column.numbers, groups, group);
  if (!column.times.empty()) taken.times = take_group(column.times, groups, group);
  if (!column.codes.empty()) {
    taken.codes = take_group(column.codes, groups, group);
    compact_categories(taken, column.categories);
  }
  return taken;
}

RowOrigin take_group(const RowOrigin& origin, const RowGroups& groups, std::int64_t group) {
  RowOrigin taken;
  if (!origin.lines.empty()) {
    taken.lines = take_group(origin.lines, groups, group);
  } else if (origin.first_line > 0 && groups.are_ranges) {
    taken.first_line = origin.first_line + groups.first_row_of(group);
  } else if (origin.first_line > 0) {
    for (const std::int64_t row : groups.lists[static_cast<std::size_t>(group)])
      taken.lines.push_back(origin.line_of(row));
  }
  return taken;
}

// Parts the rows, column by column; each column of `bars` is freed once it is handed out.
std::vector<Bars> part_by_instrument(BarTable bars, const RowGroups& groups, const RowOrigin& origin,
                                     ThreadPool& pool) {
  std::vector<Bars> instruments(static_cast<std::size_t>(groups.count()));
  const auto hand_out = [&](auto& column, auto member) {
    if (column.empty()) return;
    pool.parallel_for(groups.count(), 1, [&](IndexRange range) {
      for (std::int64_t g = range.begin; g < range.end; ++g) {
        instruments[static_cast<std::size_t>(g)].*member = take_group(column, groups, g);
      }
    });
    std::remove_reference_t<decltype(column)>().swap(column);
  };
  hand_out(bars.timestamps, &Bars::timestamps);
  hand_out(bars.open, &Bars::open);
  hand_out(bars.high, &Bars::high);
  hand_out(bars.low, &Bars::low);
  hand_out(bars.close, &Bars::close);
  hand_out(bars.volume, &Bars::volume);
  for (Column& extra : bars.extras) {
    const bool is_empty_everywhere = extra.missing_count() == extra.row_count();
    pool.parallel_for(groups.count(), 1, [&](IndexRange range) {
      for (std::int64_t g = range.begin; g < range.end; ++g) {
        Column taken = take_group(extra, groups, g);
        // A column that only other instruments fill is none of this one's.
        if (is_empty_everywhere || taken.missing_count() < taken.row_count()) {
          instruments[static_cast<std::size_t>(g)].extras.push_back(std::move(taken));
        }
      }
    });
    extra = Column{};
  }
  for (std::int64_t g = 0; g < groups.count(); ++g) {
    instruments[static_cast<std::size_t>(g)].origin = take_group(origin, groups, g);
  }
  return instruments;
}

Bars as_one_instrument(BarTable table, RowOrigin origin) {
  Bars bars;
  bars.timestamps = std::move(table.timestamps);
  bars.open = std::move(table.open);
  bars.high = std::move(table.high);
  bars.low = std::move(table.low);
  bars.close = std::move(table.close);
  bars.volume = std::move(table.volume);
  bars.extras = std::move(table.extras);
  bars.origin = std::move(origin);
  return bars;
}

// "EURUSD" at 108000: quoted in points of 1/100000.
void tell_scaled_prices(const Bars& bars, Observer& observer) {
  static const std::set<std::string_view> kCurrencies = {"USD", "EUR", "GBP", "JPY", "AUD", "NZD",
                                                         "CAD", "CHF", "SEK", "NOK", "SGD"};
  std::string letters;
  for (const char c : bars.symbol) {
    if (std::isalpha(static_cast<unsigned char>(c)))
      letters += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  if (letters.size() < 6 || !kCurrencies.contains(letters.substr(0, 3)) ||
      !kCurrencies.contains(letters.substr(3, 3)))
    return;
  constexpr double kLowestScaled = 5000;  // no pair of these currencies was ever quoted as high
  for (const double close : bars.close) {
    if (!(close > kLowestScaled)) return;
  }
  if (bars.close.empty()) return;
  observer.on_note(fmt::format(
      "{}: {} closes at {}: these prices look multiplied by a power of ten (100000 as a rule); they "
      "were left as they are",
      bars.source, bars.symbol, bars.close.front()));
}

}  // namespace

std::vector<Bars> assemble_bars(ColumnTable table, const TableFacts& facts, const ReadOptions& options,
                                ThreadPool& pool, Observer& observer) {
  const BarColumns roles = find_bar_columns(table, options, observer);
  BarTable columns = take_columns(table, roles, options, pool, observer);
  const InstrumentKeys keys = instrument_keys(columns, facts, table);

  std::vector<Bars> instruments;
  std::vector<std::int32_t> key_of_instrument = {0};
  if (keys.key_of_row.empty()) {
    instruments.push_back(as_one_instrument(std::move(columns), std::move(table.origin)));
  } else {
    const RowGroups groups =
        group_rows(keys.key_of_row, static_cast<std::int32_t>(keys.symbol_and_timeframe.size()));
    key_of_instrument.clear();
    for (std::int64_t g = 0; g < groups.count(); ++g) {
      key_of_instrument.push_back(keys.key_of_row[static_cast<std::size_t>(groups.first_row_of(g))]);
    }
    instruments = part_by_instrument(std::move(columns), groups, table.origin, pool);
  }

  const StoredInstrumentFacts stored(facts.metadata);
  pool.parallel_for(static_cast<std::int64_t>(instruments.size()), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      Bars& bars = instruments[i];
      const auto& [symbol, timeframe] =
          keys.symbol_and_timeframe[static_cast<std::size_t>(key_of_instrument[i])];
      bars.symbol = symbol;
      bars.source = table.source;
      if (bars.volume.empty()) bars.volume.assign(bars.timestamps.size(), kMissingNumber);
      stored.settle(bars, timeframe.empty() ? facts.timeframe : timeframe_of_cell(timeframe));
      if (options.stamp) {
        bars.stamp_meaning =
            *options.stamp == StampChoice::kEnd ? StampMeaning::kBarEnd : StampMeaning::kBarStart;
      } else if (facts.stamps_are_bar_ends) {
        bars.stamp_meaning = StampMeaning::kBarEnd;
      }
    }
  });
  for (const Bars& bars : instruments) tell_scaled_prices(bars, observer);
  return instruments;
}

}  // namespace regimetry::market
