// regimetry cluster --embedding-path embeddings.npy: embeddings or features become regimes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/comparison_words.hpp"
#include "cli/data_settings.hpp"
#include "cli/feature_column_settings.hpp"
#include "cli/map_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/regime_settings.hpp"
#include "cli/shell_word.hpp"
#include "cli/structure_words.hpp"
#include "cli/text_layout.hpp"
#include "cli/version.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/rng.hpp"
#include "labelling/compare_methods.hpp"
#include "labelling/describe_labels.hpp"
#include "labelling/kept_numbers.hpp"
#include "labelling/label_files.hpp"
#include "labelling/label_regimes.hpp"
#include "labelling/placed_source.hpp"
#include "labelling/regime_maps.hpp"
#include "labelling/regime_record.hpp"
#include "regimes/alignment/label_mapping_file.hpp"
#include "regimes/structure/describe_structure.hpp"
#include "regimes/structure/structure_files.hpp"
#include "regimes/structure/structure_json.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::labelling;

// Everything that was made, for those who write and report it.
struct ClusterResult {
  std::filesystem::path folder;
  const LabelledRegimes& labelled;
  regimes::Structure structure;
  RegimeMaps maps;
  std::optional<MethodComparison> comparison;
};

// What a choice made by itself rests on.
std::string evidence_words(const nlohmann::json& evidence) {
  std::string text;
  for (const char* key : {"regime_count", "persistence"})
    if (evidence.contains(key)) text += evidence.at(key).at("reason").get<std::string>() + "\n";
  return text;
}

std::string asof_words(const LabelledRegimes& labelled) {
  const std::optional<double> agreement = asof_agreement(labelled);
  if (!agreement) return {};
  const auto known = std::count_if(labelled.asof.ids.begin(), labelled.asof.ids.end(),
                                   [](std::int32_t id) { return id != regimes::kNoRegime; });
  std::string text = fmt::format(
      "Known at the time: {} from {} on; {:.1f}% are the final ones. Trade and judge by those.\n",
      counted(known, "label"), format_timestamp_short(labelled.asof.refits.front().cut), 100 * *agreement);
  if (const regimes::LabelStability& stability = labelled.asof.stability; stability.compared_pairs > 0)
    text +=
        fmt::format("Stability: {} name {:.1f}% of their common rows alike (adjusted Rand index {:.2f}).\n",
                    counted(std::ssize(labelled.asof.refits), "fit"), 100 * stability.agreement,
                    stability.adjusted_rand_index);
  return text;
}

class ClusterCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "cluster"; }
  [[nodiscard]] std::string_view summary() const override {
    return "find the regimes in embeddings or features";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Groups rows into regimes, names the regime of each, and describes how regimes follow each other. "
           "Reads "
           "what 'embed' writes, any .npy matrix, or a table of features. --regime-data-path lays the "
           "regimes over "
           "the bars they were made from, whose close then tells returns and volatility.\n"
           "Two labels for each row: Cluster_ID knows the whole sample and describes it; Cluster_ID_asof is "
           "what was "
           "known at that bar, and the only one to trade on or to judge forecasts by. Numbers keep their "
           "meaning: "
           "the first run into a folder writes them down, later ones follow.\n"
           "Writes cluster_assignments.csv, the structure of the regimes, and regime_model/, by which "
           "'assign' names "
           "the regimes of new rows without fitting. docs/regimes.md tells about the methods, "
           "docs/regime-structure.md about the files.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry cluster --embedding-path demo/embeddings.npy --regime-data-path demo/market.parquet "
        "--n-clusters 4 --no-asof --projection pca --output-dir demo/spectral",
        "regimetry cluster demo/regime_features.parquet --regime-data-path demo/market.parquet --method hmm "
        "--n-clusters 4 --output-dir demo/regimes --json"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("embedding_path", input_.embedding_path,
               "Embeddings (.npy) or features (.parquet, .csv, .jsonl).",
               {.placeholder = "FILE", .positional = true, .required = true});
    schema.add("regime_data_path", input_.regime_data_path,
               "The table that regimes are laid over, as the bars that features were made from.",
               {.placeholder = "FILE"});
    schema.add("window_size", input_.shape.window_size,
               "Bars per window, of embeddings that do not say it; must agree with those that do.",
               {.placeholder = "L", .minimum = 1});
    schema.add("stride", input_.shape.stride, "Bars from one window to the next; the same.",
               {.placeholder = "N", .minimum = 1});
    schema.add("close_column", input_.close_column,
               "Prices of the table. Absent: the column that its name says.", {.placeholder = "NAME"});
    schema.add("compare", compare_,
               "all: label with every method, and show how they differ. The files are those of --method.",
               {.choices = {"none", "all"}});
    maps_.declare(schema);
    schema.add(
        "baseline", baseline_,
        "Folder whose regime_assignments_baseline.csv says which regime has which number. Absent: the output "
        "folder, if it has one.",
        {.placeholder = "FOLDER"});
    regimes_.declare(schema);
    declare_feature_columns(schema, input_.columns);
    data_.declare_table_reading(schema);
  }

  int run(CommandContext& context) override {
    const std::filesystem::path folder = context.output_path("");
    require_market_output(context.output_path(kAssignmentsFile),
                          {input_.embedding_path.string(), input_.regime_data_path.value_or("").string()});
    const PlacedSource input =
        read_placed_source(input_, data_.read_options(), context.pool(), context.observer());
    for (const std::string& idle : regimes_.idle_words(compare_ == "all"))
      context.observer().on_warning(idle);
    warn_of_later_scale(context, input.source);
    const std::optional<KeptNumbers> earlier = choose_numbers(context, input.source, folder);
    const Rng rng(context.common().seed);
    const LabelledRegimes labelled =
        label_regimes(input.source, input.returns, earlier ? &*earlier : nullptr, regimes_.options(), rng,
                      context.pool(), context.observer());
    ClusterResult result{folder, labelled, describe_labels(input, labelled.ids, rng, context.pool()), {}, {}};
    result.maps = map_rows(labelled.model.scaler().scale(input.source.values), maps_.options(), rng,
                           context.pool(), context.observer());
    if (compare_ == "all")
      result.comparison = compare_methods(labelled, input.source, input.returns, {regimes_.options()}, rng,
                                          context.pool(), context.observer());
    if (regimes_.options().with_asof && labelled.asof.refits.empty())
      context.observer().on_warning(
          fmt::format("no label was known at the time: the first fit waits for {} stamps (--asof-start), and "
                      "there are no more",
                      regimes_.options().asof.initial_stamps));
    write(context, input, result);
    report(context, input, result);
    return 0;
  }

 private:
  // Numbers go from run to run by stamp; a baseline that was asked for is used or refused, never left out.
  std::optional<KeptNumbers> choose_numbers(CommandContext& context, const RegimeSource& source,
                                            const std::filesystem::path& folder) const {
    if (source.has_row_numbers) {
      if (baseline_)
        throw Error(
            ErrorKind::kUsage,
            fmt::format("{} has no stamps, so nothing tells which of its rows are those of --baseline. "
                        "Give the bars with --regime-data-path, or leave --baseline out.",
                        printable_path(input_.embedding_path)));
      context.observer().on_note(fmt::format(
          "{} has no stamps, so its regimes are numbered afresh and no later run can follow these "
          "numbers; --regime-data-path gives them",
          printable_path(input_.embedding_path)));
      return std::nullopt;
    }
    std::optional<KeptNumbers> kept = find_kept_numbers(baseline_.value_or(folder));
    if (baseline_ && !kept)
      throw Error(
          ErrorKind::kUsage,
          fmt::format("--baseline: {} has no {}. Give the folder of an earlier 'regimetry cluster', or "
                      "leave --baseline out to number regimes afresh.",
                      printable_path(*baseline_), regimes::kBaselineFile));
    require_own_numbers(folder);
    return kept;
  }

  // A folder that keeps numbers must not get labels under those of another.
  void require_own_numbers(const std::filesystem::path& folder) const {
    std::error_code problem;
    if (!baseline_ || !std::filesystem::exists(folder / regimes::kBaselineFile) ||
        std::filesystem::equivalent(*baseline_, folder, problem))
      return;
    throw Error(
        ErrorKind::kUsage,
        fmt::format("{} keeps numbers of its own in {}, and --baseline names another folder. Write to a new "
                    "--output-dir, or leave --baseline out.",
                    printable_path(folder), regimes::kBaselineFile));
  }

  void warn_of_later_scale(CommandContext& context, const RegimeSource& source) const {
    if (!regimes_.options().with_asof || !source.scale_known_from) return;
    const auto early = std::count_if(source.timestamps.begin(), source.timestamps.end(),
                                     [&](TimestampNs stamp) { return stamp <= *source.scale_known_from; });
    if (early <= regimes_.options().asof.initial_stamps) return;
    context.observer().on_warning(fmt::format(
        "the scale of {} was learned from rows up to {}, so labels known at the time knew a little of "
        "their future until then. 'embed --fit-until' with an early date keeps it out",
        printable_path(input_.embedding_path), format_timestamp(*source.scale_known_from).substr(0, 10)));
  }

  void write(CommandContext& context, const PlacedSource& input, const ClusterResult& result) const {
    const LabelledRegimes& labelled = result.labelled;
    write_labels(result.folder, input, labelled, regimes_.options().with_asof, context.resolved_config(),
                 context.pool(), context.observer());
    regimes::write_structure(result.folder, result.structure,
                             {{"source", input_.embedding_path.string()},
                              {"label_column", "Cluster_ID"},
                              {"config", context.resolved_config()},
                              {"version", kVersion}});
    write_maps(result.folder, result.maps, input.source, labelled.ids);
    write_file_atomically(result.folder / kRegimeRecordFile, record(context, input, result).dump(2) + "\n");
  }

  [[nodiscard]] nlohmann::json record(CommandContext& context, const PlacedSource& input,
                                      const ClusterResult& result) const {
    return regime_record(input.source, result.labelled, regimes_.options(), result.maps, result.comparison,
                         context.resolved_config());
  }

  void report(CommandContext& context, const PlacedSource& input, const ClusterResult& result) const {
    const LabelledRegimes& labelled = result.labelled;
    const std::string found = fmt::format(
        "{} by {} in {} of {}", counted(labelled.model.regime_count(), "regime"),
        regimes::method_words(regimes_.options().regimes.method), counted(input.source.size(), "row"),
        counted(static_cast<std::int64_t>(input.source.instruments.size()), "instrument"));
    std::string text =
        found + (labelled.penalty ? fmt::format(", penalty {:.4g}.\n", *labelled.penalty) : ".\n");
    text += evidence_words(labelled.evidence) + structure_words(result.structure, {});
    if (result.structure.separation)
      text +=
          "These are final labels, made with knowledge of later bars: this describes and is no forecast.\n";
    text += asof_words(labelled);
    if (result.comparison) text += "\n" + comparison_words(*result.comparison);
    context.print(text);
    nlohmann::json json = record(context, input, result);
    json.erase("config");
    json["output"] = result.folder.string();
    json["structure"] = to_json(result.structure);
    context.print_json(json);
    const std::string path = (result.folder / kAssignmentsFile).string();
    context.finish(fmt::format("{} ({})", path, found),
                   next_command(result.folder, path, !labelled.asof.refits.empty()));
  }

  // The structure of what was known at the time, where that was labelled.
  [[nodiscard]] std::string next_command(const std::filesystem::path& folder, const std::string& path,
                                         bool has_asof) const {
    if (!has_asof)
      return fmt::format("regimetry assign --model {} --embedding-path NEW_ROWS -o assigned.csv",
                         shell_word((folder / kModelFolder).string()));
    return fmt::format("regimetry interpret --input-path {} --labels asof --output-dir {}", shell_word(path),
                       shell_word((folder / "asof").string()));
  }

  PlacedSourceOptions input_;
  std::optional<std::filesystem::path> baseline_;
  std::string compare_ = "none";
  MapSettings maps_;
  RegimeSettings regimes_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_cluster_command() {
  return std::make_unique<ClusterCommand>();
}

}  // namespace regimetry::cli
