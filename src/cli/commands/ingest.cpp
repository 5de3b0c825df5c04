// regimetry ingest: any export of market data -> one checked file that every other command reads.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "core/error.hpp"
#include "market/column_selection.hpp"
#include "market/quality/check_quality.hpp"
#include "market/quality/format_quality.hpp"
#include "market/reading/describe_source.hpp"
#include "market/reading/read_market.hpp"
#include "market/reading/symbol_from_name.hpp"
#include "market/writing/write_market.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::market;

struct IngestOptions {
  std::vector<std::string> inputs;
  std::optional<std::filesystem::path> output;
  bool signals = false;
  ColumnSelection columns;
  // Names that existing users' scripts have for an input and its output.
  std::optional<std::string> signal_input_path;
  std::optional<std::string> output_name;

  [[nodiscard]] std::vector<std::string> all_inputs() const {
    std::vector<std::string> all = inputs;
    if (signal_input_path) all.push_back(*signal_input_path);
    return all;
  }

  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> found;
    const std::vector<std::string> all = all_inputs();
    if (all.empty())
      found.emplace_back(
          "no input was given: name files, globs or folders, as in 'regimetry ingest eurusd.csv'");
    if (signals && all.size() > 1) found.emplace_back("--signals reads one file at a time");
    if (output && output_name)
      found.emplace_back("--output and --output-name both name the output; give one");
    return found;
  }
};

std::string shape_of(std::int64_t count, std::string_view singular) {
  return fmt::format("{} {}{}", grouped_number(count), singular, count == 1 ? "" : "s");
}

std::string bar_words(const Bars& bars, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  return fmt::format("{:<20}  open {}  high {}  low {}  close {}  volume {}",
                     format_timestamp_short(bars.timestamps[i]), bars.open[i], bars.high[i], bars.low[i],
                     bars.close[i], bars.volume[i]);
}

std::string instrument_words(const Bars& bars) {
  std::string text =
      fmt::format("{} {}: {}", bars.symbol, bars.timeframe.name(), shape_of(bars.size(), "bar"));
  text += bars.bars_per_year > 0 ? fmt::format(", {:.2f} per year", bars.bars_per_year)
                                 : std::string(", too few to measure how many a year has");
  text += fmt::format(", stamps mark the bar's {}\n", stamp_meaning_name(bars.stamp_meaning));
  if (bars.size() == 0) return text;
  return text +
         fmt::format("  first  {}\n  last   {}\n", bar_words(bars, 0), bar_words(bars, bars.size() - 1));
}

std::string data_words(const MarketData& data) {
  constexpr std::size_t kShown = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, data.instruments.size()); ++i)
    text += instrument_words(data.instruments[i]);
  if (data.instruments.size() > kShown) {
    text += fmt::format("... and {} more; {} in all\n",
                        shape_of(static_cast<std::int64_t>(data.instruments.size() - kShown), "instrument"),
                        shape_of(data.bar_count(), "bar"));
  }
  return text;
}

std::string source_words(const std::vector<SourceFile>& sources) {
  constexpr std::size_t kShown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, sources.size()); ++i)
    text += describe_source(sources[i]) + "\n";
  if (sources.size() > kShown)
    text += fmt::format("... and {}\n",
                        shape_of(static_cast<std::int64_t>(sources.size() - kShown), "more file"));
  return text;
}

nlohmann::json bar_json(const Bars& bars, std::int64_t row) {
  const auto i = static_cast<std::size_t>(row);
  const auto number = [](double value) {
    return value == value ? nlohmann::json(value) : nlohmann::json(nullptr);
  };
  return {{"timestamp", format_timestamp(bars.timestamps[i])},
          {"open", number(bars.open[i])},
          {"high", number(bars.high[i])},
          {"low", number(bars.low[i])},
          {"close", number(bars.close[i])},
          {"volume", number(bars.volume[i])}};
}

nlohmann::json instrument_json(const Bars& bars) {
  nlohmann::json extras = nlohmann::json::array();
  for (const Column& extra : bars.extras)
    extras.push_back({{"name", extra.name}, {"kind", std::string(kind_name(extra.kind))}});
  nlohmann::json json = {
      {"symbol", bars.symbol},
      {"timeframe", bars.timeframe.name()},
      {"bars_per_year", bars.bars_per_year > 0 ? nlohmann::json(bars.bars_per_year) : nlohmann::json()},
      {"stamp", std::string(stamp_meaning_name(bars.stamp_meaning))},
      {"bar_count", bars.size()},
      {"extras", std::move(extras)}};
  if (bars.size() > 0) {
    json["first"] = bar_json(bars, 0);
    json["last"] = bar_json(bars, bars.size() - 1);
  }
  return json;
}

nlohmann::json sources_json(const std::vector<SourceFile>& sources) {
  nlohmann::json list = nlohmann::json::array();
  for (const SourceFile& source : sources) list.push_back(to_json(source));
  return list;
}

class IngestCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "ingest"; }
  [[nodiscard]] std::string_view summary() const override {
    return "read any export of market data, check it, write one file";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads CSV (also .gz, .zst), Parquet and JSON lines as brokers, exchanges and data vendors write "
           "them: what the "
           "columns mean, separators, number and date styles are decided from all rows and printed. Bars are "
           "checked; what "
           "cannot be right stops the command and names file, line and remedy, unless --on-bad-row says "
           "otherwise.\n"
           "Inputs are files, globs or folders (also symbol=AAPL/timeframe=1h/...). Files of one instrument "
           "are joined in "
           "time order.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry ingest demo/market.csv -o demo/market.parquet",
        "regimetry ingest demo/export.csv --tz Europe/Helsinki --column close='Last Trade' --symbol ACME -o "
        "demo/acme.parquet",
        "regimetry ingest 'demo/m*.csv' --on-bad-row drop -o demo/all.parquet",
        "regimetry ingest demo/market.parquet --no-keep-extras -o demo/prices.csv.gz"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("inputs", options_.inputs, "Files, globs or folders to read.",
               {.placeholder = "INPUT", .positional = true});
    schema.add("output", options_.output,
               "What to write: .parquet, .csv (also .gz, .zst) or .jsonl. Absent: the first input's name "
               "with .parquet.",
               {.placeholder = "FILE", .short_flag = 'o', .affects_result = false});
    schema.add("signals", options_.signals,
               "Read one file as a table of signals over time: it needs no prices and is not checked.");
    settings_.declare_reading(schema);
    settings_.declare_checks(schema);
    settings_.declare_cleaning(schema);
    const std::string group = "Columns and former names";
    schema.add("include_columns", options_.columns.include, "Further columns to keep, by name; '*': all.",
               {.group = group});
    schema.add("exclude_columns", options_.columns.exclude, "Further columns to leave out.",
               {.group = group});
    schema.add("signal_input_path", options_.signal_input_path, "Same as INPUT.",
               {.placeholder = "FILE", .group = group});
    schema.add("output_name", options_.output_name, "Same as --output; without an extension, .csv is added.",
               {.placeholder = "NAME", .group = group, .affects_result = false});
    schema.add_check([this] { return options_.problems(); });
  }

  int run(CommandContext& context) override {
    ReadOptions read = settings_.read_options();
    read.hash_sources = true;
    return options_.signals ? ingest_signals(read, context) : ingest_bars(read, context);
  }

 private:
  [[nodiscard]] std::filesystem::path output_file(const CommandContext& context) const {
    std::filesystem::path output;
    if (options_.output) {
      output = *options_.output;
    } else if (options_.output_name) {
      output = *options_.output_name;
      if (!output.has_extension()) output += ".csv";
    } else {
      // A folder may be named with a slash at its end, a glob has no name of its own.
      const std::filesystem::path first =
          std::filesystem::path(options_.all_inputs().front()).lexically_normal();
      const std::string name = name_without_extensions(first.has_filename() ? first : first.parent_path());
      output = (name.find_first_of("*?[{") == std::string::npos ? name : std::string("market")) + ".parquet";
    }
    std::filesystem::path path = context.output_path(output);
    require_market_output(path, options_.all_inputs());
    return path;
  }

  int ingest_bars(const ReadOptions& read, CommandContext& context) const {
    const std::filesystem::path path = output_file(context);
    ReadResult result = read_market(options_.all_inputs(), read, context.pool(), context.observer());
    context.print(source_words(result.sources) + "\n" + data_words(result.data) + "\n");
    select_columns(result.data, options_.columns);

    CleanResult cleaned =
        clean(std::move(result.data), settings_.quality_options(), context.pool(), context.observer());
    context.print(format_quality(cleaned.report));
    nlohmann::json& metadata = cleaned.data.metadata;
    if (!metadata.is_object()) metadata = nlohmann::json::object();
    metadata["sources"] = sources_json(result.sources);
    metadata["config"] = context.resolved_config();
    metadata["quality"] = market::to_json(cleaned.report);
    metadata["version"] = kVersion;
    write_market(path, cleaned.data, context.pool(), context.observer());

    nlohmann::json instruments = nlohmann::json::array();
    for (const Bars& bars : cleaned.data.instruments) instruments.push_back(instrument_json(bars));
    context.print_json({{"output", path.string()},
                        {"bar_count", cleaned.data.bar_count()},
                        {"sources", metadata["sources"]},
                        {"instruments", std::move(instruments)},
                        {"quality", metadata["quality"]}});
    context.finish(fmt::format("{} ({})", path.string(), shape_of(cleaned.data.bar_count(), "bar")),
                   fmt::format("regimetry describe {}", path.string()));
    return 0;
  }

  int ingest_signals(const ReadOptions& read, CommandContext& context) const {
    const std::filesystem::path path = output_file(context);
    SignalTable table = read_signals(options_.all_inputs().front(), read, context.pool(), context.observer());
    select_columns(table, options_.columns);
    std::string text = fmt::format("{}: {}\n", table.source, shape_of(table.row_count(), "row"));
    nlohmann::json columns = nlohmann::json::array();
    for (const Column& column : table.columns) {
      text += fmt::format("  {:<32} {:<9} {} missing\n", column.name, kind_name(column.kind),
                          grouped_number(column.missing_count()));
      columns.push_back({{"name", column.name},
                         {"kind", std::string(kind_name(column.kind))},
                         {"missing", column.missing_count()}});
    }
    context.print(text);
    if (!table.metadata.is_object()) table.metadata = nlohmann::json::object();
    table.metadata["config"] = context.resolved_config();
    table.metadata["version"] = kVersion;
    write_signals(path, table, context.pool(), context.observer());
    context.print_json(
        {{"output", path.string()}, {"row_count", table.row_count()}, {"columns", std::move(columns)}});
    context.finish(fmt::format("{} ({})", path.string(), shape_of(table.row_count(), "row")),
                   fmt::format("regimetry ingest --help"));
    return 0;
  }

  IngestOptions options_;
  DataSettings settings_;
};

}  // namespace

std::unique_ptr<Command> make_ingest_command() {
  return std::make_unique<IngestCommand>();
}

}  // namespace regimetry::cli
