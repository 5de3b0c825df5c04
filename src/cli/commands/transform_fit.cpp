// regimetry transform fit FEATURES -o scaler.json: learn a column transform from training rows.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/feature_column_settings.hpp"
#include "cli/row_span_settings.hpp"
#include "cli/shell_word.hpp"
#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "cli/version.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/printable.hpp"
#include "features/transform/column_transform.hpp"
#include "features/transform/feature_columns.hpp"
#include "features/transform/in_sample.hpp"
#include "features/transform/transform_file.hpp"
#include "features/transform/transform_input.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::features;

constexpr std::size_t kMostColumnsListed = 40;
constexpr std::size_t kDateChars = 10;  // 2019-12-31

void require_json_output(const std::filesystem::path& path, const std::string& input) {
  std::error_code ignored;
  if (std::filesystem::equivalent(path, input, ignored)) {
    throw Error(ErrorKind::kUsage, fmt::format("{}: is the input itself; name another file with --output",
                                               printable_path(path)));
  }
  if (path.extension() != ".json") {
    throw Error(ErrorKind::kUsage, fmt::format("{}: a transform is written as JSON; end its name with .json",
                                               printable_path(path)));
  }
  static_cast<void>(AtomicFile(path));  // its constructor judges the folder and makes no file
}

std::string range_words(const FittedRange& range) {
  return fmt::format("{} to {}", format_timestamp_short(range.first), format_timestamp_short(range.last));
}

std::string fate_of(const ColumnReport& column, std::size_t symbol_count) {
  if (column.is_dropped) return "no value: dropped";
  if (column.constant_in.size() == symbol_count) return "constant";
  if (column.without_quartile_spread_in.size() == symbol_count)
    return "equal quartiles: scaled by its deviation";
  return "";
}

std::string column_table(const FitReport& report, std::size_t group_count) {
  TextTable table({"column", "kind", "missing", "infinite", ""});
  table.align_right({2, 3});
  const std::size_t listed = std::min(report.columns.size(), kMostColumnsListed);
  for (std::size_t i = 0; i < listed; ++i) {
    const ColumnReport& column = report.columns[i];
    table.add({printable(column.name), std::string(market::kind_name(column.kind)),
               grouped_number(column.missing), grouped_number(column.infinite),
               fate_of(column, group_count)});
  }
  std::string text = table.text();
  if (listed < report.columns.size()) {
    text += fmt::format("  ... and {} more (--json lists all)\n", report.columns.size() - listed);
  }
  return text;
}

class TransformFitCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "transform fit"; }
  [[nodiscard]] std::string_view summary() const override {
    return "learn how to bring columns to one scale, from training rows";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Reads features, or any table with a time column, learns one step per column from the rows whose "
           "bar "
           "is over by --until, and writes what it learned as JSON. Numbers are scaled by --method; booleans "
           "become 0 "
           "and 1; categories become one column per word. Rows after --until are not looked at, for any "
           "purpose.\n"
           "The file knows when the last bar it was fitted on was over, and 'transform apply' refuses rows "
           "whose bar was over by then unless told that they only describe: scaled by it, such rows would "
           "know their own future.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry transform fit demo/features.parquet --until 2009-12-31 -o demo/scaler.json",
        "regimetry transform fit demo/features.parquet --until 2009-12-31 --method rank-gauss --per-symbol "
        "-o demo/ranks.json --json"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", input_, "A file of features, or any table with a time column.",
               {.placeholder = "FEATURES", .positional = true, .required = true});
    schema.add("output", output_, "The transform to write (.json).",
               {.placeholder = "FILE", .short_flag = 'o', .required = true, .affects_result = false});
    rows_.declare(schema, "learned from");
    declare_method(schema);
    declare_feature_columns(schema, column_options_);
    data_.declare_table_reading(schema);
  }

  int run(CommandContext& context) override {
    const std::filesystem::path path = context.output_path(output_);
    require_json_output(path, input_);
    const TransformInput input =
        read_transform_input(input_, data_.read_options(), context.pool(), context.observer());
    const InputTable& all = input.table();
    const InputTable train = rows_between(all, rows_.span());
    require_training_rows(all, train);
    const FeatureColumns chosen =
        choose_feature_columns(train, input.features(), column_options_, context.pool());
    for (const std::string& note : chosen.notes) context.observer().on_note(note);

    ColumnTransform transform(options_, kVersion);
    transform.fit(train, chosen.names, context.pool());
    for (const std::string& warning : transform.report().warnings()) context.observer().on_warning(warning);
    write_transform(path, transform.fitted());
    tell(context, path, transform, chosen, all);
    return 0;
  }

 private:
  void declare_method(SettingSchema& schema) {
    const std::string group = "What becomes of values";
    schema.add_choice(
        "method", options_.method,
        {{"standard", TransformMethod::kStandard},
         {"minmax100", TransformMethod::kMinMax100},
         {"robust", TransformMethod::kRobust},
         {"rank-gauss", TransformMethod::kRankGauss}},
        "Numbers by mean and deviation, by the range to 0..100, by median and interquartile range, "
        "or by the normal score of their rank.",
        {.group = group});
    schema.add_choice(
        "outside", options_.outside,
        {{"clip", OutsidePolicy::kClip},
         {"extend", OutsidePolicy::kExtend},
         {"missing", OutsidePolicy::kMissing}},
        "minmax100: values outside the fitted range become 0 or 100, go beyond, or are missing.",
        {.group = group});
    schema.add_choice(
        "missing", options_.missing, {{"impute", MissingPolicy::kImpute}, {"keep", MissingPolicy::kKeep}},
        "Missing values become the fitted median (words and booleans: the most frequent), or stay "
        "missing.",
        {.group = group});
    schema.add("per_symbol", options_.per_symbol, "Fit each symbol by itself instead of all together.",
               {.group = group});
    schema.add("max_knots", options_.max_knots,
               "rank-gauss: fitted values to keep per column. More follow the sample more closely.",
               {.placeholder = "N", .minimum = 2, .group = group});
    schema.add_check([this] { return options_.problems(); });
  }

  static void require_training_rows(const InputTable& all, const InputTable& train) {
    if (train.row_count() > 0) return;
    TimestampNs first = std::numeric_limits<TimestampNs>::max(),
                last = std::numeric_limits<TimestampNs>::min();
    for (const InputSegment& segment : all.segments) {
      if (segment.timestamps.empty()) continue;
      first = std::min(first, segment.timestamps.front());
      last = std::max(last, segment.timestamps.back());
    }
    throw Error(ErrorKind::kData, all.row_count() == 0
                                      ? fmt::format("{}: has no rows", printable(all.source))
                                      : fmt::format("{}: no row lies between --from and --until, its bar "
                                                    "over by then; its rows go from {} to {}",
                                                    printable(all.source), format_timestamp_short(first),
                                                    format_timestamp_short(last)));
  }

  void tell(CommandContext& context, const std::filesystem::path& path, const ColumnTransform& transform,
            const FeatureColumns& chosen, const InputTable& all) const {
    const FittedTransform& fitted = transform.fitted();
    const std::optional<TimestampNs> later = find_in_sample(all, fitted.range).next_clean;
    if (!later) {
      context.observer().on_note(
          "fitted up to the last row of the table, so that none is left to predict on; --until keeps later "
          "rows out, and --in-sample allow describes the rows that it was fitted on");
    }
    context.print(fmt::format("{} over {} {}, {} rows ({}): {} columns become {} features.\n\n{}",
                              method_name(fitted.options.method), fitted.symbols.size(),
                              fitted.symbols.size() == 1 ? "symbol" : "symbols",
                              grouped_number(fitted.range.row_count), range_words(fitted.range),
                              fitted.columns.size(), fitted.outputs.size(),
                              column_table(transform.report(), fitted.groups.size())));
    context.print_json({{"output", path.string()},
                        {"sha256", digest_of(fitted)},
                        {"method", std::string(method_name(fitted.options.method))},
                        {"rows", fitted.range.row_count},
                        {"first", format_timestamp(fitted.range.first)},
                        {"last", format_timestamp(fitted.range.last)},
                        {"known", format_timestamp(fitted.range.known)},
                        {"symbols", fitted.symbols},
                        {"outputs", fitted.outputs},
                        {"notes", chosen.notes},
                        {"report", to_json(transform.report())}});
    context.finish(path.string(), next_command(path, fitted.range, later, all.origin.has_row_numbers));
  }

  // Applying it to later rows; where none is left, fitting it again on the first two thirds of the time.
  [[nodiscard]] std::string next_command(const std::filesystem::path& path, const FittedRange& range,
                                         std::optional<TimestampNs> later, bool has_row_numbers) const {
    const std::string input = shell_word(input_), transform = shell_word(path.string());
    if (later || has_row_numbers) {
      return fmt::format("regimetry transform apply {} --transform {} {} -o scaled.parquet", input, transform,
                         later ? fmt::format("--from {}", format_timestamp(*later)) : "--in-sample allow");
    }
    const TimestampNs until = range.last - (range.last - range.first) / 3;
    return fmt::format("regimetry transform fit {} --until {} -o {}", input,
                       format_timestamp(until).substr(0, kDateChars), transform);
  }

  std::string input_;
  std::filesystem::path output_;
  RowSpanSettings rows_;
  TransformOptions options_;
  FeatureColumnOptions column_options_;
  DataSettings data_;
};

}  // namespace

std::unique_ptr<Command> make_transform_fit_command() {
  return std::make_unique<TransformFitCommand>();
}

}  // namespace regimetry::cli
