// regimetry describe FILE...: what is in market files, and how healthy it is.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "market/describe_market.hpp"
#include "market/quality/check_quality.hpp"
#include "market/quality/format_quality.hpp"
#include "market/reading/read_market.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::market;

constexpr std::size_t kMostInstrumentsListed = 30;

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{:+.1f}%", 100 * share) : "";
}

// A share that has no direction.
std::string share_words(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f}%", 100 * share) : "";
}

// Why cells of what is per year are blank.
std::string unmeasured_words(const MarketSummary& summary) {
  const std::int64_t count =
      std::count_if(summary.instruments.begin(), summary.instruments.end(),
                    [](const InstrumentSummary& one) { return !(one.bars_per_year > 0); });
  if (count == 0) return {};
  const std::string whose = summary.instruments.size() == 1
                                ? std::string("Nothing per year is shown")
                                : fmt::format("Nothing per year is shown for {}", grouped_number(count));
  return fmt::format("{}: less than a week of intraday bars, or one bar, cannot tell how many a year has.\n",
                     whose);
}

std::string instrument_table(const MarketSummary& summary) {
  TextTable table({"symbol", "timeframe", "bars", "first", "last", "bars/year", "growth/year",
                   "volatility/year", "worst finding"});
  table.align_right({2, 5, 6, 7});
  const std::size_t listed = std::min(summary.instruments.size(), kMostInstrumentsListed);
  for (std::size_t i = 0; i < listed; ++i) {
    const InstrumentSummary& one = summary.instruments[i];
    table.add({one.symbol, one.timeframe, grouped_number(one.bars), format_timestamp_short(one.first_stamp),
               format_timestamp_short(one.last_stamp),
               one.bars_per_year > 0 ? fmt::format("{:.1f}", one.bars_per_year) : "",
               percent(one.growth_per_year), share_words(one.volatility_per_year),
               one.worst_finding.empty() ? "none" : one.worst_finding});
  }
  std::string text = table.text();
  if (listed < summary.instruments.size()) {
    text += fmt::format("  ... and {} more (--json lists all)\n",
                        grouped_number(static_cast<std::int64_t>(summary.instruments.size() - listed)));
  }
  return text + unmeasured_words(summary);
}

std::string cell_text(const Column& column, std::size_t row) {
  if (column.kind == ColumnKind::kCategory) {
    const std::int32_t code = column.codes[row];
    return code == kMissingCode ? "" : column.categories[static_cast<std::size_t>(code)];
  }
  if (column.kind == ColumnKind::kTime) {
    return column.times[row] == kMissingTime ? "" : format_timestamp_short(column.times[row]);
  }
  return std::isnan(column.numbers[row]) ? "" : fmt::format("{:.6g}", column.numbers[row]);
}

// The first and last `count` rows of one instrument, with as many further columns as a screen takes.
std::string row_table(const Bars& bars, std::int64_t count) {
  constexpr std::size_t kMostExtras = 4;
  const std::size_t extras = std::min(bars.extras.size(), kMostExtras);
  std::vector<std::string> header{"timestamp", "open", "high", "low", "close", "volume"};
  for (std::size_t k = 0; k < extras; ++k) header.push_back(bars.extras[k].name);
  TextTable table(header);
  table.align_right({1, 2, 3, 4, 5});
  const auto add = [&](std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    std::vector<std::string> cells{format_timestamp_short(bars.timestamps[i])};
    for (const auto* column : {&bars.open, &bars.high, &bars.low, &bars.close, &bars.volume}) {
      cells.push_back(std::isnan((*column)[i]) ? "" : fmt::format("{:.8g}", (*column)[i]));
    }
    for (std::size_t k = 0; k < extras; ++k) cells.push_back(cell_text(bars.extras[k], i));
    table.add(std::move(cells));
  };
  const bool shows_all = bars.size() <= 2 * count;
  for (std::int64_t row = 0; row < (shows_all ? bars.size() : count); ++row) add(row);
  if (!shows_all) {
    table.add({"..."});
    for (std::int64_t row = bars.size() - count; row < bars.size(); ++row) add(row);
  }
  std::string text = fmt::format("First and last rows of {}:\n{}", bars.symbol, table.text());
  if (extras < bars.extras.size())
    text += fmt::format("  ... and {} more columns\n", bars.extras.size() - extras);
  return text;
}

std::string dialect_words(const SourceFile& source) {
  if (source.dialect.empty()) return {};
  const TextDialect& dialect = source.dialect.front();
  return fmt::format("{}: read as {} ({}, times {} {}{})\n", source.path, dialect.export_name,
                     dialect.encoding, dialect.time_format, dialect.time_zone,
                     dialect.newest_first ? ", newest first" : "");
}

std::string source_words(const std::vector<SourceFile>& sources) {
  constexpr std::size_t kMostSources = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(sources.size(), kMostSources); ++i) text += dialect_words(sources[i]);
  return text;
}

class DescribeCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "describe"; }
  [[nodiscard]] std::string_view summary() const override {
    return "what is in market files, and how healthy it is";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads files, globs or folders of market data, changes nothing, and says what is there: "
           "instruments, timeframe, "
           "span, compounded growth and volatility per year (with the bars per year measured from the "
           "stamps), and "
           "every finding of "
           "the health checks with its worst example.\n"
           "A move, gap or repeat that is listed may be right; what is called an error cannot be.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry describe demo/market.parquet", "regimetry describe demo/market.parquet --json",
            "regimetry describe 'demo/m*.csv' --rows 5 --jump-deviations 20"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", inputs_, "Files, globs ('data/*.csv') or folders.",
               {.placeholder = "FILE", .positional = true, .required = true});
    schema.add("rows", rows_, "First and last rows to show of the first instrument.",
               {.placeholder = "N", .minimum = 0});
    settings_.declare_reading(schema);
    settings_.declare_checks(schema);
  }

  int run(CommandContext& context) override {
    const ReadResult read =
        read_market(inputs_, settings_.read_options(), context.pool(), context.observer());
    const QualityReport report = check_quality(read.data, settings_.quality_options(), context.pool());
    const MarketSummary summary = describe_market(read.data, report);
    std::string text = source_words(read.sources) + summary.words + "\n" + summary.health_words + "\n";
    if (!summary.simulation_words.empty()) text += summary.simulation_words + "\n";
    text += "\n" + instrument_table(summary);
    if (rows_ > 0 && !read.data.instruments.empty())
      text += "\n" + row_table(read.data.instruments.front(), rows_);
    if (report.count(Severity::kInfo) + report.count(Severity::kWarning) + report.count(Severity::kError) >
        0) {
      text += "\n" + format_quality(report);
    }
    context.print(text);
    nlohmann::json json = to_json(summary);
    json["quality"] = to_json(report);
    json["metadata"] = read.data.metadata;
    context.print_json(json);
    return 0;
  }

 private:
  std::vector<std::string> inputs_;
  std::int64_t rows_ = 3;
  DataSettings settings_;
};

}  // namespace

std::unique_ptr<Command> make_describe_command() {
  return std::make_unique<DescribeCommand>();
}

}  // namespace regimetry::cli
