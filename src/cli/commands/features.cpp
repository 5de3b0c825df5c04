// regimetry features FILE... --set core95 -o OUT: bars become features.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/feature_list.hpp"
#include "cli/feature_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/shell_word.hpp"
#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "cli/version.hpp"
#include "core/error.hpp"
#include "features/catalogue/catalogue_page.hpp"
#include "features/compute_features.hpp"
#include "features/feature_summary.hpp"
#include "features/files/write_features.hpp"
#include "market/quality/check_quality.hpp"
#include "market/reading/read_market.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::features;

constexpr std::size_t kMostFeaturesShown = 20;

std::string value_words(double value) {
  return std::isnan(value) ? "" : fmt::format("{:.5g}", value);
}

// The shortest number that reads back to the same float: 101.4, not 101.40000152587891.
nlohmann::json value_json(float value) {
  return std::isfinite(value) ? nlohmann::json(std::stod(fmt::format("{}", value))) : nlohmann::json(nullptr);
}

nlohmann::json value_json(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

std::string summary_table(const FeatureSet& set, const std::vector<FeatureSummary>& summaries) {
  TextTable table({"feature", "warm-up", "missing", "lowest", "median", "highest", "mean", "deviation"});
  table.align_right({1, 2, 3, 4, 5, 6, 7});
  for (std::size_t k = 0; k < summaries.size(); ++k) {
    const FeatureSummary& one = summaries[k];
    table.add({set.features()[k].name, grouped_number(set.features()[k].warmup), grouped_number(one.missing),
               value_words(one.lowest), value_words(one.median), value_words(one.highest),
               value_words(one.mean), value_words(one.deviation)});
  }
  std::string text = table.text();
  if (summaries.size() < set.features().size())
    text += fmt::format("  ... and {} more (--json lists all)\n", set.features().size() - summaries.size());
  return text;
}

// The last rows of one instrument, with as many features as a screen takes.
std::string row_table(const FeatureTable& table, std::int64_t count) {
  constexpr std::int64_t kMostColumns = 6;
  const std::int64_t shown = std::min(table.feature_count(), kMostColumns);
  std::vector<std::string> header{"timestamp"};
  for (std::int64_t k = 0; k < shown; ++k) header.push_back(table.names[static_cast<std::size_t>(k)]);
  TextTable text(header);
  for (std::size_t k = 1; k < header.size(); ++k) text.align_right({k});
  for (std::int64_t row = std::max<std::int64_t>(0, table.row_count() - count); row < table.row_count();
       ++row) {
    std::vector<std::string> cells{format_timestamp_short(table.timestamps[static_cast<std::size_t>(row)])};
    for (std::int64_t k = 0; k < shown; ++k) cells.push_back(value_words(table.values(row, k)));
    text.add(std::move(cells));
  }
  return fmt::format("Last rows of {}:\n{}", table.symbol, text.text());
}

nlohmann::json rows_json(const FeatureTable& table, std::int64_t count) {
  nlohmann::json rows = nlohmann::json::array();
  for (std::int64_t row = std::max<std::int64_t>(0, table.row_count() - count); row < table.row_count();
       ++row) {
    nlohmann::json one = {{"timestamp", format_timestamp(table.timestamps[static_cast<std::size_t>(row)])}};
    for (std::int64_t k = 0; k < table.feature_count(); ++k)
      one[table.names[static_cast<std::size_t>(k)]] = value_json(table.values(row, k));
    rows.push_back(std::move(one));
  }
  return rows;
}

nlohmann::json summary_json(const FeatureSet& set, const std::vector<FeatureSummary>& summaries) {
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t k = 0; k < summaries.size(); ++k) {
    const Feature& feature = set.features()[k];
    const FeatureSummary& one = summaries[k];
    list.push_back({{"name", feature.name},
                    {"expression", feature.expression},
                    {"warmup", feature.warmup},
                    {"missing", one.missing},
                    {"lowest", value_json(one.lowest)},
                    {"median", value_json(one.median)},
                    {"highest", value_json(one.highest)},
                    {"mean", value_json(one.mean)},
                    {"deviation", value_json(one.deviation)}});
  }
  return list;
}

// The date up to which a first model might train: seven tenths of the longest history.
std::string training_end(const FeatureData& data) {
  const FeatureTable* longest = &data.instruments.front();
  for (const FeatureTable& table : data.instruments) {
    if (table.row_count() > longest->row_count()) longest = &table;
  }
  const std::size_t row = longest->timestamps.size() * 7 / 10;
  return format_timestamp(longest->timestamps[row]).substr(0, 10);
}

class FeaturesCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "features"; }
  [[nodiscard]] std::string_view summary() const override { return "turn bars into causal features"; }
  [[nodiscard]] std::string_view description() const override {
    return "Computes indicators from bars: a set, a list, or expressions of your own. A value at a bar is "
           "made from that "
           "bar and those before it; inside its warm-up it is missing. Further columns of the data come "
           "along untouched and can "
           "be used by name.\n"
           "--list shows every indicator with its meaning, formula, parameters, warm-up, range and unit.\n"
           "--save-state keeps what the indicators remember; with --from-state only the bars that came since "
           "are needed, and "
           "the values are the same to the last bit.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry features demo/market.parquet --set core95 -o demo/features.parquet",
            "regimetry features demo/market.parquet --features 'rsi(14), atr(14), ema_ratio(12,26)' --json",
            "regimetry features demo/market.parquet --features 'rsi(14), calm = zscore(rsi(14), 250) < 0'",
            "regimetry features demo/market.parquet --set across,regime -o demo/across.npy",
            "regimetry features --list"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", inputs_, "Files, globs ('data/*.csv') or folders.",
               {.placeholder = "FILE", .positional = true});
    schema.add("output", output_, "Where the features go: .parquet, .csv (also .gz, .zst), .jsonl or .npy.",
               {.placeholder = "FILE", .short_flag = 'o', .affects_result = false});
    schema.add("rows", rows_, "Last rows to show of each instrument with --json, of the first without.",
               {.placeholder = "N", .minimum = 0, .affects_result = false});
    schema.add("list", list_, "Show the catalogue instead: every indicator, function and set.",
               {.affects_result = false});
    schema.add("markdown", markdown_, "With --list: the page docs/features.md.", {.affects_result = false});
    schema.add("save_state", save_state_, "Keep what the indicators remember here (.safetensors).",
               {.placeholder = "FILE", .affects_result = false});
    schema.add("from_state", from_state_,
               "Continue from here; the input then holds the bars that came since.", {.placeholder = "FILE"});
    features_.declare(schema);
    data_.declare_reading(schema);
    data_.declare_checks(schema);
    data_.declare_cleaning(schema);
    schema.add_check([this]() -> std::vector<std::string> {
      if (inputs_.empty() && !list_)
        return {
            "no input was given: name market files, as in 'regimetry features market.parquet', or ask for "
            "--list"};
      if (markdown_ && !list_) return {"--markdown shows the catalogue; it needs --list"};
      if (list_ && output_) return {"--list prints; send it to a file with '> FILE' instead of --output"};
      return {};
    });
  }

  int run(CommandContext& context) override {
    if (list_) return show_catalogue(context);
    const std::optional<std::filesystem::path> path = output_file(context);
    const std::optional<std::filesystem::path> state_path = state_file(context);
    const market::MarketData data = read_clean(context);
    const FeatureSet set = features_.feature_set(data, context.observer());
    ComputeOptions options = features_.compute_options();
    FeatureMemory before, after;
    if (from_state_) {
      before = read_feature_memory(*from_state_);
      options.from = &before;
    }
    if (state_path) options.to = &after;
    FeatureData result = compute_features(data, set, options, context.pool(), context.observer());
    result.metadata["config"] = context.resolved_config();
    result.metadata["version"] = kVersion;
    if (path) write_features(*path, result, context.pool(), context.observer());
    if (state_path) write_feature_memory(*state_path, after);
    report(context, set, result, path);
    return 0;
  }

 private:
  int show_catalogue(CommandContext& context) const {
    context.print(markdown_ ? catalogue_page() : catalogue_list());
    context.print_json(catalogue_json());
    return 0;
  }

  [[nodiscard]] std::optional<std::filesystem::path> output_file(const CommandContext& context) const {
    if (!output_) return std::nullopt;
    std::filesystem::path path = context.output_path(*output_);
    require_feature_output(path, read_files());
    return path;
  }

  [[nodiscard]] std::optional<std::filesystem::path> state_file(const CommandContext& context) const {
    if (!save_state_) return std::nullopt;
    std::filesystem::path path = context.output_path(*save_state_);
    require_state_output(path, inputs_);
    return path;
  }

  [[nodiscard]] std::vector<std::string> read_files() const {
    std::vector<std::string> files = inputs_;
    for (const std::string& file : features_.read_files()) files.push_back(file);
    return files;
  }

  [[nodiscard]] market::MarketData read_clean(CommandContext& context) const {
    market::ReadResult read =
        market::read_market(inputs_, data_.read_options(), context.pool(), context.observer());
    return market::clean(std::move(read.data), data_.quality_options(), context.pool(), context.observer())
        .data;
  }

  void report(CommandContext& context, const FeatureSet& set, const FeatureData& result,
              const std::optional<std::filesystem::path>& path) const {
    // Looking at every value again costs about as much as computing it: only for those who will read it.
    const auto all = static_cast<std::int64_t>(set.features().size());
    const bool is_read = context.common().json || !context.common().quiet;
    const std::int64_t shown =
        context.common().json ? all
                              : std::min<std::int64_t>(all, static_cast<std::int64_t>(kMostFeaturesShown));
    const std::vector<FeatureSummary> summaries = summarise(result, is_read ? shown : 0, context.pool());
    const std::int64_t values = result.row_count() * static_cast<std::int64_t>(set.features().size());
    std::string text = fmt::format("{} features of {} bars ({} values); the longest warm-up is {} bars.\n",
                                   set.features().size(), grouped_number(result.row_count()),
                                   grouped_number(values), grouped_number(set.warmup()));
    text += summary_table(set, summaries);
    if (rows_ > 0) text += "\n" + row_table(result.instruments.front(), rows_);
    context.print(text);

    nlohmann::json instruments = nlohmann::json::array();
    for (const FeatureTable& table : result.instruments) {
      instruments.push_back({{"symbol", table.symbol},
                             {"timeframe", table.timeframe.name()},
                             {"rows", table.row_count()},
                             {"last", rows_json(table, rows_)}});
    }
    context.print_json({{"output", path ? nlohmann::json(path->string()) : nlohmann::json()},
                        {"rows", result.row_count()},
                        {"features", summary_json(set, summaries)},
                        {"instruments", std::move(instruments)}});
    if (path) {
      context.finish(fmt::format("{} ({} rows, {} features)", path->string(),
                                 grouped_number(result.row_count()), set.features().size()),
                     fmt::format("regimetry transform fit {} --until {} -o scaler.json",
                                 shell_word(path->string()), training_end(result)));
    }
  }

  std::vector<std::string> inputs_;
  std::optional<std::filesystem::path> output_, save_state_, from_state_;
  std::int64_t rows_ = 3;
  bool list_ = false, markdown_ = false;
  FeatureSettings features_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_features_command() {
  return std::make_unique<FeaturesCommand>();
}

}  // namespace regimetry::cli
