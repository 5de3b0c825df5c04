// regimetry assign --model out/regime_model --embedding-path new.npy: new rows into known regimes.
#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/feature_column_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "core/printable.hpp"
#include "labelling/assign_regimes.hpp"
#include "labelling/cluster_assignments.hpp"
#include "labelling/placed_source.hpp"
#include "regimes/model/regime_model_files.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::labelling;
using regimes::RegimeModel;

std::string shares_table(const AssignedRegimes& assigned) {
  std::map<std::int32_t, std::int64_t> counts;
  for (const std::int32_t id : assigned.ids) ++counts[id];
  TextTable table({"regime", "rows", "share"});
  table.align_right({0, 1, 2});
  for (const auto& [id, count] : counts)
    table.add({fmt::format("{}", id), grouped_number(count),
               fmt::format("{:.1f}%",
                           100.0 * static_cast<double>(count) / static_cast<double>(assigned.ids.size()))});
  return table.text();
}

// `values` of the rows that are later than `last`.
std::vector<double> blank_until(TimestampNs last, const std::vector<TimestampNs>& stamps,
                                std::vector<double> values) {
  for (std::size_t row = 0; row < values.size(); ++row)
    if (stamps[row] <= last) values[row] = std::numeric_limits<double>::quiet_NaN();
  return values;
}

class AssignCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "assign"; }
  [[nodiscard]] std::string_view summary() const override {
    return "name the regimes of new rows by a model that 'cluster' left behind";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Nothing is fitted: each row gets the regime that the model names from it and earlier rows, how "
           "sure it "
           "is, and how far the row lies from everything seen in training. Unlike_training is 1 where no "
           "training "
           "row lay so far out: its regime should not be trusted.\n"
           "The rows must come from the same features, or the same encoder and scale, as those of the model; "
           "other "
           "rows are refused.\n"
           "Cluster_ID_asof is the label of rows later than the model's last training row, known at that "
           "bar. "
           "Cluster_ID has one for every row: up to the last training row the model may have learned from "
           "the "
           "very bars that it names, so there it describes and is no evidence.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry assign --model demo/regimes/regime_model --embedding-path demo/regime_features.parquet "
        "-o demo/assigned.csv"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("model", model_, "The folder regime_model that 'cluster' wrote, or the one around it.",
               {.placeholder = "FOLDER", .required = true});
    schema.add("embedding_path", input_.embedding_path,
               "Embeddings (.npy) or features (.parquet, .csv, .jsonl).",
               {.placeholder = "FILE", .positional = true, .required = true});
    schema.add("output", output_, "The table to write (.csv, .parquet, .jsonl).",
               {.placeholder = "FILE", .short_flag = 'o', .required = true, .affects_result = false});
    schema.add("regime_data_path", input_.regime_data_path, "A table whose columns stand beside the labels.",
               {.placeholder = "FILE"});
    declare_feature_columns(schema, input_.columns);
    data_.declare_table_reading(schema);
  }

  int run(CommandContext& context) override {
    const std::filesystem::path path = context.output_path(output_);
    require_market_output(path,
                          {input_.embedding_path.string(), input_.regime_data_path.value_or("").string()});
    const RegimeModel model = regimes::read_regime_model(regimes::find_regime_model(model_));
    const PlacedSource input =
        read_placed_source(input_, data_.read_options(), context.pool(), context.observer());
    const RegimeSource& source = input.source;
    const AssignedRegimes assigned = assign_regimes(model, source, context.pool());
    tell(context, model, source, assigned);
    write(context, path, input, assigned);
    report(context, path, source, assigned);
    return 0;
  }

 private:
  static void tell(CommandContext& context, const RegimeModel& model, const RegimeSource& source,
                   const AssignedRegimes& assigned) {
    if (!assigned.known_after)
      context.observer().on_note(
          "the rows, or those that the model learned from, have no stamps, so nothing tells which labels "
          "were "
          "known at the time: there is no Cluster_ID_asof");
    if (assigned.trained_on_count > 0)
      context.observer().on_note(
          fmt::format("{} of {} rows are not later than the last training row of the model ({}): it may have "
                      "learned from "
                      "them, so only later rows can judge it",
                      grouped_number(assigned.trained_on_count), grouped_number(source.size()),
                      format_timestamp_short(model.facts().trained_last)));
    if (assigned.unlike_count > 0)
      context.observer().on_warning(
          fmt::format("{} of {} rows lie farther out than any training row did; do not trust their regimes",
                      grouped_number(assigned.unlike_count), grouped_number(source.size())));
  }

  void write(CommandContext& context, const std::filesystem::path& path, const PlacedSource& input,
             const AssignedRegimes& assigned) const {
    const std::vector<double> ids(assigned.ids.begin(), assigned.ids.end());
    std::vector<LabelColumn> labels = {
        {"Cluster_ID", ids},
        {"Cluster_probability", assigned.probabilities},
        {"Distance", assigned.distances},
        {"Share_nearer", assigned.shares_nearer},
        {"Unlike_training", std::vector<double>(assigned.are_unlike.begin(), assigned.are_unlike.end())}};
    if (assigned.known_after) {
      const auto as_known = [&](const std::vector<double>& values) {
        return blank_until(*assigned.known_after, input.source.timestamps, values);
      };
      labels.insert(labels.begin() + 1, {"Cluster_ID_asof", as_known(ids)});
      labels.insert(labels.begin() + 3, {"Cluster_probability_asof", as_known(assigned.probabilities)});
    }
    write_cluster_assignments(path, input.table, input.source, input.places, labels,
                              {{"config", context.resolved_config()}}, context.pool(), context.observer());
  }

  void report(CommandContext& context, const std::filesystem::path& path, const RegimeSource& source,
              const AssignedRegimes& assigned) const {
    const std::string rows = counted(source.size(), "row");
    context.print(fmt::format("{} named.\n{}", rows, shares_table(assigned)));
    std::map<std::string, std::int64_t> counts;
    for (const std::int32_t id : assigned.ids) ++counts[std::to_string(id)];
    context.print_json({{"output", path.string()},
                        {"rows", source.size()},
                        {"rows_per_regime", counts},
                        {"unlike_training", assigned.unlike_count},
                        {"not_later_than_training", assigned.trained_on_count}});
    context.finish(fmt::format("{} ({})", path.string(), rows), "");
  }

  std::filesystem::path model_, output_;
  PlacedSourceOptions input_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_assign_command() {
  return std::make_unique<AssignCommand>();
}

}  // namespace regimetry::cli
