#include "features/files/group_instruments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/column_roles.hpp"

namespace regimetry::features {
namespace {

using market::Column;
using market::ColumnKind;

// The symbol of rows that name none is the empty word.
struct Words {
  std::vector<std::int32_t> codes;  // one per row, 0 .. words.size() - 1
  std::vector<std::string> words;
};

Words words_of(Column column) {
  Words words{std::move(column.codes), std::move(column.categories)};
  if (column.kind != ColumnKind::kCategory) {  // symbols that are numbers, as in exchange codes
    std::map<double, std::int32_t> code_of;
    for (const double number : column.numbers) {
      if (std::isnan(number)) {
        words.codes.push_back(market::kMissingCode);
        continue;
      }
      const auto [known, is_new] = code_of.try_emplace(number, static_cast<std::int32_t>(words.words.size()));
      if (is_new) words.words.push_back(fmt::format("{}", number));
      words.codes.push_back(known->second);
    }
  }
  const auto missing = static_cast<std::int32_t>(words.words.size());
  words.words.emplace_back();
  for (std::int32_t& code : words.codes) code = code == market::kMissingCode ? missing : code;
  return words;
}

std::optional<std::size_t> symbol_column(const market::SignalTable& table,
                                         const market::ReadOptions& options) {
  for (const auto& [role, wanted] : options.column_for_role) {
    if (market::role_of(role) != market::ColumnRole::kSymbol) continue;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].name == wanted) return i;
    }
  }
  std::optional<std::size_t> best;
  int best_rank = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto match = market::match_role(table.columns[i].name);
    if (!match || match->role != market::ColumnRole::kSymbol || table.columns[i].kind == ColumnKind::kTime) {
      continue;
    }
    if (best && match->rank >= best_rank) continue;
    best = i;
    best_rank = match->rank;
  }
  return best;
}

Column take_column(market::SignalTable& table, std::size_t index) {
  Column column = std::move(table.columns[index]);
  table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(index));
  return column;
}

// Symbol and, where stored, timeframe of each row, as one key per row.
struct RowKeys {
  std::vector<std::int32_t> keys;
  std::vector<std::pair<std::string, std::optional<market::Timeframe>>> names;  // of each key
};

RowKeys row_keys(GroupedSignals& grouped, const market::ReadOptions& options) {
  const std::string only = options.symbol.value_or("");
  RowKeys result;
  const auto symbol = symbol_column(grouped.table, options);
  if (!symbol) {
    result.keys.assign(grouped.table.timestamps.size(), 0);
    result.names.emplace_back(only, std::nullopt);
    return result;
  }
  Words symbols = words_of(take_column(grouped.table, *symbol));
  for (std::string& word : symbols.words) {
    if (word.empty()) word = only;
    result.names.emplace_back(word, std::nullopt);
  }
  result.keys = std::move(symbols.codes);
  if (!grouped.stored || grouped.stored->timeframe_column.empty()) return result;

  const auto& columns = grouped.table.columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
    return column.name == grouped.stored->timeframe_column && column.kind == ColumnKind::kCategory;
  });
  if (found == columns.end()) return result;
  const Words frames =
      words_of(take_column(grouped.table, static_cast<std::size_t>(found - columns.begin())));
  std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> key_of;
  decltype(result.names) names;
  for (std::size_t row = 0; row < result.keys.size(); ++row) {
    const auto [known, is_new] =
        key_of.try_emplace({result.keys[row], frames.codes[row]}, static_cast<std::int32_t>(names.size()));
    if (is_new) {
      names.emplace_back(result.names[static_cast<std::size_t>(result.keys[row])].first,
                         market::Timeframe::parse(frames.words[static_cast<std::size_t>(frames.codes[row])]));
    }
    result.keys[row] = known->second;
  }
  result.names = std::move(names);
  return result;
}

void require_stamps(const market::SignalTable& table) {
  const auto found = std::find(table.timestamps.begin(), table.timestamps.end(), market::kMissingTime);
  if (found == table.timestamps.end()) return;
  throw Error(ErrorKind::kData, fmt::format("{}: row {} has no stamp. Complete it or take it out.",
                                            printable(table.source), found - table.timestamps.begin() + 1));
}

[[noreturn]] void throw_repeated(const market::SignalTable& table, const std::string& symbol,
                                 TimestampNs stamp) {
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: two rows{} have the stamp {}, and features have one row per stamp. Take one of "
                  "them out, or name the column that tells instruments apart with --column symbol=NAME.",
                  printable(table.source),
                  symbol.empty() ? std::string() : fmt::format(" of {}", printable(symbol)),
                  format_timestamp(stamp)));
}

// Lists in the place of ranges, so that rows can be put into another order.
void list_rows(market::RowGroups& groups) {
  if (!groups.are_ranges) return;
  groups.are_ranges = false;
  for (const IndexRange& range : groups.ranges) {
    std::vector<std::int64_t>& list = groups.lists.emplace_back(static_cast<std::size_t>(range.size()));
    std::iota(list.begin(), list.end(), range.begin);
  }
  groups.ranges.clear();
}

void order_by_time(GroupedSignals& grouped) {
  const std::vector<TimestampNs>& stamps = grouped.table.timestamps;
  for (std::int64_t g = 0; g < grouped.rows.count(); ++g) {
    const std::vector<TimestampNs> own = market::take_group(stamps, grouped.rows, g);
    if (std::is_sorted(own.begin(), own.end())) continue;
    list_rows(grouped.rows);
    std::vector<std::int64_t>& list = grouped.rows.lists[static_cast<std::size_t>(g)];
    std::stable_sort(list.begin(), list.end(), [&](std::int64_t a, std::int64_t b) {
      return stamps[static_cast<std::size_t>(a)] < stamps[static_cast<std::size_t>(b)];
    });
  }
}

template <typename T>
void reorder(std::vector<T>& values, const std::vector<std::size_t>& order) {
  if (values.empty()) return;
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (const std::size_t i : order) sorted.push_back(std::move(values[i]));
  values = std::move(sorted);
}

void order_by_symbol(GroupedSignals& grouped) {
  std::vector<std::size_t> order(grouped.instruments.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const InstrumentName &left = grouped.instruments[a], &right = grouped.instruments[b];
    return std::tie(left.symbol, left.timeframe.months, left.timeframe.nanoseconds) <
           std::tie(right.symbol, right.timeframe.months, right.timeframe.nanoseconds);
  });
  reorder(grouped.instruments, order);
  reorder(grouped.rows.ranges, order);
  reorder(grouped.rows.lists, order);
}

}  // namespace

GroupedSignals group_instruments(market::SignalTable table, const market::ReadOptions& options) {
  GroupedSignals grouped;
  grouped.table = std::move(table);
  grouped.stored = stored_features(grouped.table.metadata);
  if (grouped.table.metadata.is_object()) grouped.table.metadata.erase(kFeatureTableKey);
  require_stamps(grouped.table);
  RowKeys keys = row_keys(grouped, options);
  grouped.rows = market::group_rows(keys.keys, static_cast<std::int32_t>(keys.names.size()));
  order_by_time(grouped);
  for (std::int64_t g = 0; g < grouped.rows.count(); ++g) {
    const std::int64_t first = grouped.rows.first_row_of(g);
    const auto& [symbol, timeframe] =
        keys.names[static_cast<std::size_t>(keys.keys[static_cast<std::size_t>(first)])];
    const std::vector<TimestampNs> stamps = market::take_group(grouped.table.timestamps, grouped.rows, g);
    const auto repeated = std::adjacent_find(stamps.begin(), stamps.end());
    if (repeated != stamps.end()) throw_repeated(grouped.table, symbol, *repeated);
    if (const StoredInstrument* facts = grouped.stored ? grouped.stored->find(symbol, timeframe) : nullptr) {
      grouped.instruments.push_back({symbol, facts->timeframe, facts->bars_per_year});
      continue;
    }
    const market::TimeframeEstimate estimate = market::infer_timeframe(stamps);
    grouped.instruments.push_back({symbol, timeframe.value_or(estimate.timeframe), estimate.bars_per_year});
  }
  order_by_symbol(grouped);
  return grouped;
}

}  // namespace regimetry::features
