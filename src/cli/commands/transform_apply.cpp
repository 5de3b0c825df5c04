// regimetry transform apply FEATURES --transform scaler.json -o OUT: the same scale for later rows.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/output_file.hpp"
#include "cli/row_span_settings.hpp"
#include "cli/text_layout.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "features/files/write_features.hpp"
#include "features/transform/column_transform.hpp"
#include "features/transform/transform_file.hpp"
#include "features/transform/transform_input.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::features;

std::string applied_words(const ApplyResult& result) {
  const FeatureTable& first = result.data.instruments.front();
  std::string text =
      fmt::format("{} rows of {} {} became {} features.\n", grouped_number(result.report.rows),
                  result.data.instruments.size(),
                  result.data.instruments.size() == 1 ? "instrument" : "instruments", first.names.size());
  if (result.report.in_sample_rows > 0) {
    text += fmt::format(
        "{} of them lie inside or before the fitted range: for description only, not for training, "
        "prediction or backtests.\n",
        grouped_number(result.report.in_sample_rows));
  }
  const StepCounts total = result.report.total();
  text += fmt::format(
      "Values that were missing: {}; infinite: {}; outside the fitted range: {}; unknown words: {}.\n",
      grouped_number(total.missing), grouped_number(total.infinite), grouped_number(total.outside),
      grouped_number(total.unknown));
  return text;
}

class TransformApplyCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "transform apply"; }
  [[nodiscard]] std::string_view summary() const override {
    return "bring columns to the scale that 'transform fit' learned";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads a table with the columns that the transform was fitted on, in any order, and writes them "
           "as features. Other columns pass through. A word that was not there when fitting becomes 0 in all "
           "columns of its category. What was transformed before is refused.\n"
           "Rows inside or before the fitted range, judged by the end of their bar, are refused: they would "
           "be "
           "scaled with knowledge of their own future. --from keeps later rows only; --in-sample allow "
           "transforms all of them, for "
           "description, and the output says so.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry transform apply demo/features.parquet --transform demo/scaler.json --from 2010-01-01 "
        "-o demo/scaled.parquet",
        "regimetry transform apply demo/features.parquet --transform demo/scaler.json --in-sample allow "
        "-o demo/described.csv"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", input_, "A table with the columns that the transform was fitted on.",
               {.placeholder = "FEATURES", .positional = true, .required = true});
    schema.add("transform", transform_, "What 'transform fit' wrote.",
               {.placeholder = "FILE", .required = true});
    schema.add("output", output_, "The features to write (.parquet, .csv, .jsonl, .npy).",
               {.placeholder = "FILE", .short_flag = 'o', .required = true, .affects_result = false});
    rows_.declare(schema, "transformed");
    schema.add_choice("in_sample", in_sample_,
                      {{"refuse", Purpose::kPrediction}, {"allow", Purpose::kDescription}},
                      "Rows inside or before the fitted range: stop with an error, or transform them for "
                      "description.");
    schema.add("keep_other_columns", keep_other_columns_,
               "Let columns that are not transformed pass through.");
    data_.declare_table_reading(schema);
  }

  int run(CommandContext& context) override {
    const std::filesystem::path path = context.output_path(output_);
    require_feature_output(path, {input_, transform_.string()});
    const ColumnTransform transform(read_transform(transform_));
    const TransformInput input =
        read_transform_input(input_, data_.read_options(), context.pool(), context.observer());
    const InputTable rows = rows_between(input.table(), rows_.span());
    if (rows.row_count() == 0) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}: no row lies between --from and --until", printable(rows.source)));
    }
    ApplyResult result = transform.apply(
        rows, {.purpose = in_sample_, .keep_other_columns = keep_other_columns_}, context.pool());
    for (const std::string& warning : result.report.warnings()) context.observer().on_warning(warning);

    nlohmann::json metadata = input.metadata().is_object() ? input.metadata() : nlohmann::json::object();
    metadata.update(result.data.metadata);
    metadata["config"] = context.resolved_config();
    result.data.metadata = std::move(metadata);
    write_features(path, result.data, context.pool(), context.observer());
    context.print(applied_words(result));
    nlohmann::json json = to_json(result.report);
    json["output"] = path.string();
    json["transform"] = result.data.metadata["transform"];
    json["outputs"] = transform.fitted().outputs;
    context.print_json(json);
    context.finish(fmt::format("{} ({} rows, {} features)", path.string(), grouped_number(result.report.rows),
                               transform.fitted().outputs.size()),
                   "");
    return 0;
  }

 private:
  std::string input_;
  std::filesystem::path transform_, output_;
  RowSpanSettings rows_;
  Purpose in_sample_ = Purpose::kPrediction;
  bool keep_other_columns_ = true;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_transform_apply_command() {
  return std::make_unique<TransformApplyCommand>();
}

}  // namespace regimetry::cli
