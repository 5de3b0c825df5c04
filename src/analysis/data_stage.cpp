#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "analysis/stages.hpp"
#include "analysis/symbol_words.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/gather.hpp"
#include "core/printable.hpp"
#include "market/column_roles.hpp"
#include "market/quality/check_quality.hpp"
#include "market/quality/quality_report.hpp"
#include "market/reading/read_market.hpp"
#include "market/writing/write_market.hpp"
#include "report/run_files.hpp"

namespace regimetry::analysis {

StageOutcome write_bars(const StageContext& context, const CleanInstrument& instrument) {
  market::write_market(context.folder / report::kBarsFile, instrument.data, context.pool, context.observer);
  const nlohmann::json health = market::to_json(market::QualityReport{{instrument.quality}});
  write_file_atomically(context.folder / report::kHealthFile,
                        health.at("instruments").front().dump(2) + "\n");
  const market::Bars& bars = instrument.data.instruments.front();
  return {{report::kBarsFile, report::kHealthFile},
          fmt::format("{} bars of {} {}", bars.size(), printable(bars.symbol), bars.timeframe.name())};
}

namespace {

using market::Column;
using market::SignalTable;

const Column* symbol_column(const SignalTable& table) {
  for (const Column& column : table.columns)
    if (column.kind == market::ColumnKind::kCategory &&
        market::role_of(column.name) == market::ColumnRole::kSymbol)
      return &column;
  return nullptr;
}

// A table that names no instrument gets the name that was asked for.
void add_symbol(const std::string& name, SignalTable& table) {
  Column column;
  column.name = "symbol";
  column.kind = market::ColumnKind::kCategory;
  column.categories = {name};
  column.codes.assign(table.timestamps.size(), 0);
  table.columns.insert(table.columns.begin(), std::move(column));
}

// Keeps the rows of one instrument, where the table holds several.
void keep_instrument(const std::string& wanted, const Column& symbols, SignalTable& table) {
  std::vector<std::int64_t> rows;
  for (std::size_t row = 0; row < symbols.codes.size(); ++row) {
    const std::int32_t code = symbols.codes[row];
    if (code != market::kMissingCode &&
        is_same_symbol(symbols.categories[static_cast<std::size_t>(code)], wanted))
      rows.push_back(static_cast<std::int64_t>(row));
  }
  if (rows.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("--instrument: {} has no '{}'; it has {}", printable(table.source),
                            printable(wanted), listed_symbols(symbols.categories)));
  table.timestamps = gather(table.timestamps, rows);
  for (Column& column : table.columns) {
    column.numbers = gather(column.numbers, rows);
    column.codes = gather(column.codes, rows);
    column.times = gather(column.times, rows);
  }
}

// What is unusual about the prices of a table of signals, which are only looked at.
void write_health_of_table(const StageContext& context, StageOutcome& outcome) {
  try {
    const market::MarketData data = market::read_market({(context.folder / report::kBarsFile).string()}, {},
                                                        context.pool, silent_observer())
                                        .data;
    if (data.instruments.size() != 1) return;
    const market::QualityReport found =
        market::check_quality(data, context.options.data.quality, context.pool);
    write_file_atomically(context.folder / report::kHealthFile,
                          market::to_json(found).at("instruments").front().dump(2) + "\n");
    outcome.outputs.emplace_back(report::kHealthFile);
  } catch (const Error&) {
    return;  // it has no bars, and needs none
  }
}

}  // namespace

StageOutcome write_signal_table(const StageContext& context) {
  const DataOptions& data = context.options.data;
  SignalTable table = market::read_signals(data.inputs.front(), data.reading, context.pool, context.observer);
  if (table.timestamps.empty())
    throw Error(ErrorKind::kData, fmt::format("{}: has no rows", printable(data.inputs.front())));
  if (data.instrument) {
    if (const Column* symbols = symbol_column(table))
      keep_instrument(*data.instrument, *symbols, table);
    else
      add_symbol(*data.instrument, table);
  }
  market::write_signals(context.folder / report::kBarsFile, table, context.pool, context.observer);
  StageOutcome outcome{{report::kBarsFile},
                       fmt::format("{} rows of {} signals", table.row_count(), table.columns.size())};
  write_health_of_table(context, outcome);
  return outcome;
}

}  // namespace regimetry::analysis
