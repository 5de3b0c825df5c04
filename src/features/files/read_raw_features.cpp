#include "features/files/read_raw_features.hpp"

#include <algorithm>
#include <utility>

#include "features/files/feature_array.hpp"
#include "features/files/feature_file_format.hpp"
#include "market/reading/file_format.hpp"
#include "market/reading/read_market.hpp"
#include "market/reading/stored_metadata.hpp"

namespace regimetry::features {
namespace {

using market::Column;
using market::ColumnKind;

RawFeatures raw_features_of(FeatureData data, std::string source) {
  RawFeatures raw;
  raw.source = std::move(source);
  raw.metadata = std::move(data.metadata);
  raw.features.emplace();
  for (FeatureTable& table : data.instruments) {
    if (raw.features->empty()) *raw.features = table.names;
    RawInstrument instrument{
        table.symbol, table.timeframe, table.bars_per_year, std::move(table.timestamps), {}};
    for (Eigen::Index c = 0; c < table.values.cols(); ++c) {
      Column column;
      column.name = table.names[static_cast<std::size_t>(c)];
      column.numbers.resize(static_cast<std::size_t>(table.values.rows()));
      for (Eigen::Index row = 0; row < table.values.rows(); ++row) {
        column.numbers[static_cast<std::size_t>(row)] = static_cast<double>(table.values(row, c));
      }
      instrument.columns.push_back(std::move(column));
    }
    table = FeatureTable{};
    raw.instruments.push_back(std::move(instrument));
  }
  return raw;
}

}  // namespace

Column take_column_of(const Column& column, const market::RowGroups& rows, std::int64_t instrument) {
  Column taken;
  taken.name = column.name;
  taken.kind = column.kind;
  switch (column.kind) {
    case ColumnKind::kNumber:
    case ColumnKind::kBoolean:
      taken.numbers = market::take_group(column.numbers, rows, instrument);
      break;
    case ColumnKind::kTime:
      taken.times = market::take_group(column.times, rows, instrument);
      break;
    case ColumnKind::kCategory: {
      taken.codes = market::take_group(column.codes, rows, instrument);
      std::vector<std::int32_t> new_code(column.categories.size(), market::kMissingCode);
      for (std::int32_t& code : taken.codes) {
        if (code == market::kMissingCode) continue;
        const auto old = static_cast<std::size_t>(code);
        if (new_code[old] == market::kMissingCode) {
          new_code[old] = static_cast<std::int32_t>(taken.categories.size());
          taken.categories.push_back(column.categories[old]);
        }
        code = new_code[old];
      }
      break;
    }
  }
  return taken;
}

FileReading settle_reading(const std::filesystem::path& path, const market::ReadOptions& options,
                           ThreadPool& pool) {
  FileReading reading{options, false};
  market::ReadOptions stored = options;
  stored.time_zone = "UTC";
  stored.separator = ",";
  stored.decimal_mark = ".";
  stored.column_for_role = {{"timestamp", "timestamp"}, {"symbol", "symbol"}};
  // What is wrong with the file is told when it is read in earnest.
  if (market::detect_format(path).format == market::FileFormat::kParquet) {
    market::ReadOptions narrow = options;
    narrow.time_zone = "UTC";
    narrow.only_columns = {"symbol"};
    const market::SignalTable table = market::read_signals(path, narrow, pool, silent_observer());
    reading.is_stored_parquet = stored_features(table.metadata).has_value();
    if (reading.is_stored_parquet) reading.options = std::move(stored);
  } else if (stored_features(market::read_sidecar(path, silent_observer()))) {
    reading.options = std::move(stored);
  }
  return reading;
}

GroupedSignals read_grouped_signals(const std::filesystem::path& path, const market::ReadOptions& settled,
                                    ThreadPool& pool, Observer& observer) {
  return group_instruments(market::read_signals(path, settled, pool, observer), settled);
}

RawFeatures read_raw_features(const std::filesystem::path& path, const market::ReadOptions& options,
                              ThreadPool& pool, Observer& observer) {
  if (is_array_path(path) && !is_float32_array(path)) return read_raw_feature_array(path, observer);
  if (is_array_path(path)) return raw_features_of(read_feature_array(path, observer), path.string());
  GroupedSignals grouped =
      read_grouped_signals(path, settle_reading(path, options, pool).options, pool, observer);
  RawFeatures raw;
  raw.source = path.string();
  raw.metadata = std::move(grouped.table.metadata);
  if (grouped.stored) {
    raw.features.emplace();
    for (const std::string& column : grouped.stored->features) {
      raw.features->push_back(grouped.stored->name_of(column));
    }
  }
  const std::size_t column_count = grouped.table.columns.size();
  for (std::size_t i = 0; i < grouped.instruments.size(); ++i) {
    InstrumentName& name = grouped.instruments[i];
    raw.instruments.push_back(
        {std::move(name.symbol), name.timeframe, name.bars_per_year,
         market::take_group(grouped.table.timestamps, grouped.rows, static_cast<std::int64_t>(i)),
         std::vector<Column>(column_count)});
  }
  pool.parallel_for(static_cast<std::int64_t>(column_count), 1, [&](IndexRange range) {
    for (auto c = static_cast<std::size_t>(range.begin); c < static_cast<std::size_t>(range.end); ++c) {
      Column& column = grouped.table.columns[c];
      if (grouped.stored) column.name = grouped.stored->name_of(column.name);
      for (std::size_t i = 0; i < raw.instruments.size(); ++i) {
        raw.instruments[i].columns[c] = take_column_of(column, grouped.rows, static_cast<std::int64_t>(i));
      }
      column = Column{};
    }
  });
  return raw;
}

}  // namespace regimetry::features
