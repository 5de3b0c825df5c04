// regimetry interpret --input-path LABELLED: what a sequence of regimes does, from any table with labels.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/structure_words.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/rng.hpp"
#include "labelling/labelled_table.hpp"
#include "regimes/structure/structure_files.hpp"
#include "regimes/structure/structure_json.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::labelling;
using namespace regimetry::regimes;

enum class LabelKind { kFinal, kAsof };

class InterpretCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "interpret"; }
  [[nodiscard]] std::string_view summary() const override {
    return "what regimes do: transitions, dwell times, roles, what they separate";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads any table with a column of regimes, with or without stamps, prices and symbols, and writes "
           "transition_matrix.csv, regime_decision_table.csv, regime_metadata.json, cluster_role_summary.csv "
           "and "
           "structure.json below --output-dir.\n"
           "No transition leads from one instrument to the next or across rows without a label. Where the "
           "table "
           "has a close, returns of each regime are measured, and a test against shifted labels says whether "
           "the "
           "regimes separate volatility, direction, or nothing. Final labels know the whole sample: what "
           "they say "
           "of later returns describes, and is no forecast; --labels asof reads what was known at the time.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry interpret --input-path demo/market.parquet --label-column true_regime --output-dir "
        "demo/truth"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input_path", input_, "A table with a column of regimes: .csv, .parquet or .jsonl.",
               {.placeholder = "FILE", .positional = true, .required = true});
    schema.add_choice(
        "labels", labels_, {{"final", LabelKind::kFinal}, {"asof", LabelKind::kAsof}},
        "final: the label from the whole sample; asof: the label known at the bar, from the column "
        "of that name with _asof after it.");
    schema.add("label_column", label_column_, "The column that holds the regimes.", {.placeholder = "NAME"});
    schema.add("horizons", horizons_, "Bars ahead at which returns are compared.", {.placeholder = "N"});
    schema.add("replicates", options_.replicates, "Draws behind each interval and p-value.",
               {.placeholder = "N"});
    schema.add("bars_per_year", bars_per_year_, "For annual numbers. Absent: measured from the stamps.",
               {.placeholder = "N"});
    declare_former_names(schema);
    data_.declare_table_reading(schema);
    schema.add_check([this] { return settle_options(); });
  }

  int run(CommandContext& context) override {
    const LabelledTable input =
        read_labelled_table(input_, column(), data_.read_options(), context.pool(), context.observer());
    const Structure structure = describe(context, input);
    for (const std::string& note : structure.notes) context.observer().on_note(note);
    const std::filesystem::path folder = context.output_path("structure.json").parent_path();
    write_structure(folder, structure, facts(context, input));
    report(context, input, structure, folder);
    return 0;
  }

 private:
  // Flags that existing scripts give.
  void declare_former_names(SettingSchema& schema) {
    const std::string group = "Former names";
    for (auto& [key, field] : {std::pair("save_csv", &save_csv_), std::pair("save_json", &save_json_)})
      schema.add(key, *field, "Accepted and without effect: every file is always written.",
                 {.group = group, .affects_result = false});
    schema.add("cluster_col", cluster_col_, "The same as --label-column.",
               {.placeholder = "NAME", .group = group});
    schema.add("save_heatmap", save_heatmap_,
               "Accepted and without effect: 'regimetry report' draws the pictures of a folder.",
               {.group = group, .affects_result = false});
  }

  std::vector<std::string> settle_options() {
    std::vector<std::string> problems;
    if (cluster_col_) label_column_ = *cluster_col_;
    options_.horizons_bars.clear();
    for (const double horizon : horizons_) {
      if (std::trunc(horizon) != horizon || std::abs(horizon) > 1e9) {
        problems.push_back(fmt::format("horizons has {}, which is not a whole number of bars", horizon));
      } else {
        options_.horizons_bars.push_back(static_cast<std::int64_t>(horizon));
      }
    }
    if (bars_per_year_ && !(*bars_per_year_ > 0 && std::isfinite(*bars_per_year_)))
      problems.push_back(fmt::format("bars_per_year is {}; it must lie above 0", *bars_per_year_));
    if (!problems.empty()) return problems;
    return options_.problems();
  }

  [[nodiscard]] std::string column() const {
    return labels_ == LabelKind::kFinal ? label_column_ : label_column_ + "_asof";
  }

  [[nodiscard]] Structure describe(CommandContext& context, const LabelledTable& input) const {
    try {
      return describe_structure(
          {input.labels, input.sequences, input.close, bars_per_year_.value_or(input.bars_per_year),
           input.has_time ? std::span(input.timestamps) : std::span<const TimestampNs>()},
          options_, Rng(context.common().seed), context.pool());
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: column '{}': {}", printable_path(input_),
                                            printable(column()), error.what()));
    }
  }

  [[nodiscard]] nlohmann::json facts(CommandContext& context, const LabelledTable& input) const {
    return {{"source", input_.string()}, {"label_column", column()},   {"label_names", input.label_names},
            {"symbols", input.symbols},  {"has_time", input.has_time}, {"config", context.resolved_config()},
            {"version", kVersion}};
  }

  void report(CommandContext& context, const LabelledTable& input, const Structure& structure,
              const std::filesystem::path& folder) const {
    std::string text = structure_words(structure, input.label_names);
    if (input.close.empty()) text += "The table has no close, so nothing is said about returns.\n";
    if (structure.separation && labels_ == LabelKind::kFinal)
      text +=
          "These are final labels, made with knowledge of later bars: this describes and is no forecast.\n";
    context.print(text);
    nlohmann::ordered_json json = to_json(structure);
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const std::filesystem::path& path : structure_paths(folder)) files.push_back(path.string());
    json["files"] = std::move(files);
    context.print_json(json);
    // Numbers that no row carries are gaps, not regimes.
    const std::int64_t present =
        std::ssize(structure.rows_of) - std::count(structure.rows_of.begin(), structure.rows_of.end(), 0);
    context.finish(fmt::format("{} files of the structure of {} below {}", structure_paths(folder).size(),
                               counted(present, "regime"), folder.empty() ? "." : folder.string()),
                   "");
  }

  std::filesystem::path input_;
  LabelKind labels_ = LabelKind::kFinal;
  std::string label_column_ = "Cluster_ID";
  std::optional<std::string> cluster_col_;
  std::vector<double> horizons_ = {1, 5};
  std::optional<double> bars_per_year_;
  bool save_csv_ = true, save_json_ = true, save_heatmap_ = false;
  StructureOptions options_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_interpret_command() {
  return std::make_unique<InterpretCommand>();
}

}  // namespace regimetry::cli
