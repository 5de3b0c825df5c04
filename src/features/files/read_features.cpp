#include "features/files/read_features.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/error.hpp"
#include "core/exact_number.hpp"
#include "core/printable.hpp"
#include "features/files/feature_array.hpp"
#include "features/files/feature_file_format.hpp"
#include "features/files/read_raw_features.hpp"
#include "market/reading/read_market.hpp"
#include "market/simulation/truth_columns.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;

// Which columns of the table become what, by index.
struct ColumnPlan {
  std::vector<std::size_t> features, extras;
};

void note_answers(const std::string& source, const std::vector<std::string>& answers, Observer& observer) {
  constexpr std::ptrdiff_t kMostNames = 6;
  const auto shown = std::min(std::ssize(answers), kMostNames);
  observer.on_note(fmt::format("{}: the answers of the simulated market are not taken for features: {}{}",
                               printable(source), fmt::join(answers.begin(), answers.begin() + shown, ", "),
                               shown < std::ssize(answers)
                                   ? fmt::format(" and {} more", std::ssize(answers) - shown)
                                   : std::string()));
}

// The answers of a simulated market are no features, whatever they are made of.
ColumnPlan plan_by_kind(const market::SignalTable& table, Observer& observer) {
  const bool is_simulated = table.metadata.is_object() && table.metadata.contains("simulation");
  ColumnPlan plan;
  std::vector<std::string> answers;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const ColumnKind kind = table.columns[i].kind;
    const bool is_answer = is_simulated && market::is_truth_column(table.columns[i].name);
    const bool is_feature = !is_answer && (kind == ColumnKind::kNumber || kind == ColumnKind::kBoolean);
    (is_feature ? plan.features : plan.extras).push_back(i);
    if (is_answer) answers.push_back(printable(table.columns[i].name));
  }
  if (!answers.empty()) note_answers(table.source, answers, observer);
  return plan;
}

// Columns that the file has and its metadata does not speak of count as extras.
ColumnPlan plan_as_stored(const market::SignalTable& table, const StoredFeatures& stored) {
  std::unordered_map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < table.columns.size(); ++i) at.emplace(table.columns[i].name, i);
  ColumnPlan plan;
  std::vector<bool> is_feature(table.columns.size(), false);
  for (const std::string& name : stored.features) {
    const auto found = at.find(name);
    if (found == at.end() || (table.columns[found->second].kind != ColumnKind::kNumber &&
                              table.columns[found->second].kind != ColumnKind::kBoolean)) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}: its metadata says that '{}' is a feature, but it has no such column of "
                              "numbers: the file was changed. Write it again, or take the metadata away.",
                              printable(table.source), printable(name)));
    }
    plan.features.push_back(found->second);
    is_feature[found->second] = true;
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!is_feature[i]) plan.extras.push_back(i);
  }
  return plan;
}

std::string name_of(const GroupedSignals& grouped, std::size_t column) {
  const std::string& name = grouped.table.columns[column].name;
  return grouped.stored ? grouped.stored->name_of(name) : name;
}

float single_of(double value, const GroupedSignals& grouped, std::size_t column, std::size_t row) {
  if (const std::optional<float> fitting = convert_number<float>(value)) return *fitting;
  throw Error(
      ErrorKind::kData,
      fmt::format("{}: column '{}' holds {} at {}, more than the 32-bit float of a feature can. Correct "
                  "the row, or take the column out.",
                  printable(grouped.table.source), printable(grouped.table.columns[column].name), value,
                  format_timestamp(grouped.table.timestamps[row])));
}

// Features that share a cache line of a matrix row are put in place together.
constexpr std::int64_t kColumnsTogether = 16;

// Puts these columns of the file at features first, first + 1, ... of the matrices, and frees them.
void place_features(GroupedSignals& grouped, std::span<const std::size_t> columns, std::int64_t first,
                    std::vector<FeatureTable>& tables, IndexRange instruments) {
  for (auto i = static_cast<std::size_t>(instruments.begin); i < static_cast<std::size_t>(instruments.end);
       ++i) {
    MatrixF& values = tables[i].values;
    for (Eigen::Index row = 0; row < values.rows(); ++row) {
      const auto from = static_cast<std::size_t>(grouped.rows.are_ranges
                                                     ? grouped.rows.ranges[i].begin + row
                                                     : grouped.rows.lists[i][static_cast<std::size_t>(row)]);
      for (std::size_t c = 0; c < columns.size(); ++c) {
        values(row, first + static_cast<std::int64_t>(c)) =
            single_of(grouped.table.columns[columns[c]].numbers[from], grouped, columns[c], from);
      }
    }
  }
}

void place_features(GroupedSignals& grouped, std::span<const std::size_t> columns, std::int64_t first,
                    std::vector<FeatureTable>& tables, ThreadPool& pool) {
  const auto count = static_cast<std::int64_t>(columns.size());
  for (std::int64_t begin = 0; begin < count; begin += kColumnsTogether) {
    const auto some = columns.subspan(static_cast<std::size_t>(begin),
                                      static_cast<std::size_t>(std::min(kColumnsTogether, count - begin)));
    pool.parallel_for(static_cast<std::int64_t>(tables.size()), 1, [&](IndexRange instruments) {
      place_features(grouped, some, first + begin, tables, instruments);
    });
    for (const std::size_t column : some) std::vector<double>().swap(grouped.table.columns[column].numbers);
  }
}

void add_extras(const GroupedSignals& grouped, const std::vector<std::size_t>& columns,
                std::size_t instrument, FeatureTable& table) {
  const StoredInstrument* facts =
      grouped.stored ? grouped.stored->find(table.symbol, table.timeframe) : nullptr;
  const auto take = [&](std::size_t column) {
    table.extras.push_back(
        take_column_of(grouped.table.columns[column], grouped.rows, static_cast<std::int64_t>(instrument)));
    table.extras.back().name = name_of(grouped, column);
  };
  if (facts == nullptr || !facts->extras) {
    for (const std::size_t column : columns) take(column);
    return;
  }
  for (const std::string& name : *facts->extras) {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](std::size_t column) {
      return grouped.table.columns[column].name == name;
    });
    if (found != columns.end()) take(*found);
  }
}

// Instruments that had no rows left no trace in the columns.
void add_empty_instruments(const StoredFeatures& stored, const std::vector<std::string>& names,
                           std::vector<FeatureTable>& tables) {
  for (const StoredInstrument& facts : stored.instruments) {
    const bool is_there = std::any_of(tables.begin(), tables.end(), [&](const FeatureTable& table) {
      return table.symbol == facts.symbol && table.timeframe == facts.timeframe;
    });
    if (is_there) continue;
    FeatureTable table;
    table.symbol = facts.symbol;
    table.timeframe = facts.timeframe;
    table.bars_per_year = facts.bars_per_year;
    table.names = names;
    table.values.resize(0, static_cast<Eigen::Index>(names.size()));
    tables.push_back(std::move(table));
  }
  std::stable_sort(tables.begin(), tables.end(), [](const FeatureTable& a, const FeatureTable& b) {
    return std::tie(a.symbol, a.timeframe.months, a.timeframe.nanoseconds) <
           std::tie(b.symbol, b.timeframe.months, b.timeframe.nanoseconds);
  });
}

std::vector<FeatureTable> empty_tables(const GroupedSignals& grouped, const std::vector<std::string>& names) {
  std::vector<FeatureTable> tables(grouped.instruments.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const InstrumentName& name = grouped.instruments[i];
    tables[i].symbol = name.symbol;
    tables[i].timeframe = name.timeframe;
    tables[i].bars_per_year = name.bars_per_year;
    tables[i].names = names;
    tables[i].timestamps =
        market::take_group(grouped.table.timestamps, grouped.rows, static_cast<std::int64_t>(i));
    tables[i].values.resize(static_cast<Eigen::Index>(tables[i].timestamps.size()),
                            static_cast<Eigen::Index>(names.size()));
  }
  return tables;
}

void add_all_extras(const GroupedSignals& grouped, const std::vector<std::size_t>& columns,
                    std::vector<FeatureTable>& tables, ThreadPool& pool) {
  pool.parallel_for(static_cast<std::int64_t>(tables.size()), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      add_extras(grouped, columns, i, tables[i]);
    }
  });
}

FeatureData read_whole(const std::filesystem::path& path, const market::ReadOptions& options,
                       ThreadPool& pool, Observer& observer) {
  GroupedSignals grouped = read_grouped_signals(path, options, pool, observer);
  const ColumnPlan plan =
      grouped.stored ? plan_as_stored(grouped.table, *grouped.stored) : plan_by_kind(grouped.table, observer);
  std::vector<std::string> names;
  for (const std::size_t column : plan.features) names.push_back(name_of(grouped, column));

  FeatureData data;
  data.metadata = std::move(grouped.table.metadata);
  data.instruments = empty_tables(grouped, names);
  place_features(grouped, plan.features, 0, data.instruments, pool);
  add_all_extras(grouped, plan.extras, data.instruments, pool);
  if (grouped.stored) add_empty_instruments(*grouped.stored, names, data.instruments);
  return data;
}

// A Parquet file of write_features(), some columns at a time: beside the matrices, only those are held as
// double.
FeatureData read_in_parts(const std::filesystem::path& path, const market::ReadOptions& options,
                          ThreadPool& pool, Observer& observer) {
  // The symbol is read with every part: by stamps and symbols the reader judges whether rows run backward.
  const auto read_part = [&](std::vector<std::string> columns) {
    market::ReadOptions part = options;
    part.only_columns = std::move(columns);
    part.only_columns.emplace_back("symbol");
    return market::read_signals(path, part, pool, observer);
  };
  market::SignalTable first = read_part({"timeframe"});
  const StoredFeatures stored = stored_features(first.metadata).value();
  std::vector<std::string> others = stored.extras;
  if (!stored.timeframe_column.empty()) others.push_back(stored.timeframe_column);
  if (!stored.extras.empty()) first = read_part(others);
  GroupedSignals grouped = group_instruments(std::move(first), options);

  std::vector<std::string> names;
  for (const std::string& column : stored.features) names.push_back(stored.name_of(column));
  const std::int64_t row_count = grouped.table.row_count();
  FeatureData data;
  data.metadata = std::move(grouped.table.metadata);
  data.instruments = empty_tables(grouped, names);
  std::vector<std::size_t> extras;
  for (std::size_t i = 0; i < grouped.table.columns.size(); ++i) {
    const std::string& name = grouped.table.columns[i].name;
    if (std::find(stored.extras.begin(), stored.extras.end(), name) != stored.extras.end())
      extras.push_back(i);
  }
  add_all_extras(grouped, extras, data.instruments, pool);

  const auto feature_count = static_cast<std::int64_t>(stored.features.size());
  for (std::int64_t begin = 0; begin < feature_count; begin += kColumnsTogether) {
    const std::int64_t end = std::min(begin + kColumnsTogether, feature_count);
    grouped.table = read_part({stored.features.begin() + begin, stored.features.begin() + end});
    if (grouped.table.row_count() != row_count) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}: was changed while it was read. Read it again.", printable_path(path)));
    }
    StoredFeatures part;
    part.features.assign(stored.features.begin() + begin, stored.features.begin() + end);
    place_features(grouped, plan_as_stored(grouped.table, part).features, begin, data.instruments, pool);
  }
  add_empty_instruments(stored, names, data.instruments);
  return data;
}

}  // namespace

FeatureData read_features(const std::filesystem::path& path, const market::ReadOptions& options,
                          ThreadPool& pool, Observer& observer) {
  if (is_array_path(path)) return read_feature_array(path, observer);
  const FileReading reading = settle_reading(path, options, pool);
  return reading.is_stored_parquet ? read_in_parts(path, reading.options, pool, observer)
                                   : read_whole(path, reading.options, pool, observer);
}

}  // namespace regimetry::features
