#include "labelling/labelled_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/exact_number.hpp"
#include "core/gather.hpp"
#include "core/printable.hpp"
#include "labelling/label_stride.hpp"
#include "market/column_roles.hpp"
#include "market/reading/read_market.hpp"
#include "market/reading/read_untimed_signals.hpp"
#include "market/timeframe.hpp"

namespace regimetry::labelling {
namespace {

using market::Column;
using market::ColumnKind;
using market::ColumnRole;
using market::SignalTable;

[[noreturn]] void fail(const SignalTable& table, const std::string& problem) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", printable_path(table.source), problem));
}

const Column* find_column(const SignalTable& table, std::string_view name) {
  for (const Column& column : table.columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

std::string names_of_columns(const SignalTable& table) {
  constexpr std::size_t kMostNames = 20;
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    if (names.size() < kMostNames) names.push_back(printable(column.name));
  }
  if (table.columns.size() > kMostNames)
    names.push_back(fmt::format("and {} more", table.columns.size() - kMostNames));
  return fmt::format("{}", fmt::join(names, ", "));
}

bool says_time(const std::string& name) {
  const std::optional<ColumnRole> role = market::role_of(name);
  return role == ColumnRole::kTimestamp || role == ColumnRole::kDate || role == ColumnRole::kTime;
}

const Column& require_label_column(const SignalTable& table, const std::string& name, bool has_time) {
  if (const Column* column = find_column(table, name)) return *column;
  const std::string others = names_of_columns(table);
  constexpr std::string_view kAsof = "_asof";
  if (name.ends_with(kAsof))
    fail(table, fmt::format(
                    "has no column '{}' of labels known at the time, which 'regimetry cluster' writes unless "
                    "--no-asof is given. It has: {}. --labels asof reads the column that --label-column "
                    "names without '{}' at its end.",
                    printable(name), others, kAsof));
  if (has_time && says_time(name))
    fail(table,
         fmt::format("reads '{}' as the stamps of its rows, not as regimes. Its other columns are: {}. "
                     "Name the one that holds the regimes with --label-column.",
                     printable(name), others));
  fail(table, fmt::format("has no column '{}'. It has: {}. Name the one that holds the regimes with "
                          "--label-column.",
                          printable(name), others));
}

// Rows of the file with a price that is none: no return leads there or away, and nothing else would say so.
void warn_of_odd_prices(const SignalTable& table, const Column& close, Observer& observer) {
  const auto is_odd = [](double price) { return price <= 0; };
  const auto count = std::count_if(close.numbers.begin(), close.numbers.end(), is_odd);
  if (count == 0) return;
  const auto first = std::find_if(close.numbers.begin(), close.numbers.end(), is_odd);
  observer.on_warning(fmt::format(
      "{}: {} in column '{}' {} not above zero, the first in row {} ({}); returns to and from there are "
      "left out",
      printable_path(table.source), count == 1 ? "1 price" : fmt::format("{} prices", count),
      printable(close.name), count == 1 ? "is" : "are", first - close.numbers.begin() + 1, *first));
}

// The column with that role: the one that --column names, else the one whose name says it most surely.
const Column* column_of_role(const SignalTable& table, ColumnRole role, const market::ReadOptions& options) {
  for (const auto& [word, name] : options.column_for_role) {
    if (word == market::role_name(role)) return find_column(table, name);
  }
  std::vector<std::string_view> headers;
  for (const Column& column : table.columns) headers.emplace_back(column.name);
  const std::optional<std::size_t> surest = market::surest_column(headers, role);
  return surest ? &table.columns[*surest] : nullptr;
}

std::vector<std::int32_t> labels_from_numbers(const SignalTable& table, const Column& column) {
  std::vector<std::int32_t> labels;
  labels.reserve(column.numbers.size());
  for (std::size_t row = 0; row < column.numbers.size(); ++row) {
    const double value = column.numbers[row];
    const auto label =
        std::isnan(value) ? std::optional<std::int32_t>(-1) : convert_number<std::int32_t>(value);
    if (!label) {
      fail(table,
           fmt::format("row {} of column '{}' holds {}, which is not the number of a regime (0, 1, ...)",
                       row + 1, printable(column.name), value));
    }
    labels.push_back(std::max(*label, -1));
  }
  return labels;
}

bool begins_like_a_number(std::string_view word) {
  return !word.empty() && word.find_first_of("0123456789+-.") == 0;
}

// A word among numbers is a slip; words alone are the names of regimes.
void require_names(const SignalTable& table, const Column& column) {
  const auto is_number = [](const std::string& word) { return begins_like_a_number(word); };
  const auto& words = column.categories;
  if (std::none_of(words.begin(), words.end(), is_number)) return;
  const auto odd = std::find_if_not(words.begin(), words.end(), is_number);
  const std::string& word = odd == words.end() ? words.front() : *odd;
  const auto code = static_cast<std::int32_t>((odd == words.end() ? words.begin() : odd) - words.begin());
  const auto row = std::find(column.codes.begin(), column.codes.end(), code) - column.codes.begin();
  fail(table, fmt::format("row {} of column '{}' holds '{}', which is not the number of a regime (0, 1, ...)",
                          row + 1, printable(column.name), printable(word)));
}

std::vector<std::int32_t> labels_from_words(const SignalTable& table, const Column& column,
                                            std::vector<std::string>& names) {
  require_names(table, column);
  names = column.categories;
  std::sort(names.begin(), names.end());
  std::vector<std::int32_t> number_of_code;
  for (const std::string& word : column.categories) {
    number_of_code.push_back(
        static_cast<std::int32_t>(std::lower_bound(names.begin(), names.end(), word) - names.begin()));
  }
  std::vector<std::int32_t> labels;
  labels.reserve(column.codes.size());
  for (const std::int32_t code : column.codes)
    labels.push_back(code < 0 ? -1 : number_of_code[static_cast<std::size_t>(code)]);
  return labels;
}

std::vector<std::int32_t> read_labels(const SignalTable& table, const Column& column,
                                      std::vector<std::string>& names) {
  switch (column.kind) {
    case ColumnKind::kNumber:
    case ColumnKind::kBoolean:
      return labels_from_numbers(table, column);
    case ColumnKind::kCategory:
      return labels_from_words(table, column, names);
    case ColumnKind::kTime:
      break;
  }
  fail(table, fmt::format("column '{}' holds times, not regimes; name another with --label-column",
                          printable(column.name)));
}

// Rows by instrument, then time; equal stamps stay as they are.
struct RowsByInstrument {
  std::vector<std::size_t> rows;
  std::vector<IndexRange> sequences;
  std::vector<std::string> symbols;
};

std::string symbol_of_row(const Column* column, std::size_t row) {
  if (column == nullptr) return {};
  if (column->kind == ColumnKind::kCategory)
    return column->codes[row] < 0 ? std::string()
                                  : column->categories[static_cast<std::size_t>(column->codes[row])];
  return column->kind == ColumnKind::kTime ? std::string() : fmt::format("{}", column->numbers[row]);
}

RowsByInstrument sort_rows(const SignalTable& table, const Column* symbol) {
  std::map<std::string, std::vector<std::size_t>> rows_of;
  for (std::size_t row = 0; row < table.timestamps.size(); ++row)
    rows_of[symbol_of_row(symbol, row)].push_back(row);
  RowsByInstrument sorted;
  for (auto& [name, rows] : rows_of) {
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return table.timestamps[a] < table.timestamps[b]; });
    const auto begin = std::ssize(sorted.rows);
    sorted.rows.insert(sorted.rows.end(), rows.begin(), rows.end());
    sorted.sequences.push_back({begin, std::ssize(sorted.rows)});
    sorted.symbols.push_back(name);
  }
  return sorted;
}

// Mean over instruments, by rows.
double measure_bars_per_year(const LabelledTable& input) {
  double sum = 0;
  std::int64_t rows = 0;
  for (const IndexRange& sequence : input.sequences) {
    const auto stamps =
        std::span(input.timestamps)
            .subspan(static_cast<std::size_t>(sequence.begin), static_cast<std::size_t>(sequence.size()));
    const double bars = market::infer_timeframe(stamps).bars_per_year;
    if (!(bars > 0) || !std::isfinite(bars)) continue;
    sum += bars * static_cast<double>(sequence.size());
    rows += sequence.size();
  }
  return rows > 0 ? sum / static_cast<double>(rows) : 0;
}

void warn_of_equal_stamps(const LabelledTable& input, const std::string& source, Observer& observer) {
  std::int64_t count = 0;
  for (const IndexRange& sequence : input.sequences) {
    for (auto n = static_cast<std::size_t>(sequence.begin) + 1; n < static_cast<std::size_t>(sequence.end);
         ++n)
      count += input.timestamps[n] == input.timestamps[n - 1] ? 1 : 0;
  }
  if (count == 0) return;
  observer.on_warning(
      fmt::format("{}: {} rows have the stamp of the row before; if these are several "
                  "instruments, name the column that tells them apart with --column symbol=NAME",
                  printable_path(source), count));
}

}  // namespace

LabelledTable read_labelled_table(const std::filesystem::path& path, const std::string& label_column,
                                  const market::ReadOptions& options, ThreadPool& pool, Observer& observer) {
  LabelledTable input;
  input.has_time = !market::lacks_time_column(path, options);
  const SignalTable table = input.has_time ? market::read_signals(path, options, pool, observer)
                                           : market::read_untimed_signals(path, options, pool, observer);
  const Column& label = require_label_column(table, label_column, input.has_time);
  const RowsByInstrument sorted = sort_rows(table, column_of_role(table, ColumnRole::kSymbol, options));
  input.labels = gather(read_labels(table, label, input.label_names), sorted.rows);
  input.timestamps = gather(table.timestamps, sorted.rows);
  input.sequences = sorted.sequences;
  input.symbols = sorted.symbols;
  const Column* close = column_of_role(table, ColumnRole::kClose, options);
  if (close != nullptr && close->kind == ColumnKind::kNumber) {
    warn_of_odd_prices(table, *close, observer);
    input.close = gather(close->numbers, sorted.rows);
  }
  if (input.has_time) {
    warn_of_equal_stamps(input, table.source, observer);
  }
  const std::int64_t stride = label_stride_of(input);
  if (stride > 1)
    observer.on_note(
        fmt::format("{}: a regime every {} rows at most; rows without one in between are left out",
                    printable_path(table.source), stride));
  keep_labelled_rows(input, stride);
  if (input.has_time) input.bars_per_year = measure_bars_per_year(input);
  return input;
}

}  // namespace regimetry::labelling
