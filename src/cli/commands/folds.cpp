// regimetry folds FEATURES: how features are divided into training and test, and what is left out between.
#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/fold_report.hpp"
#include "core/time.hpp"
#include "features/files/read_features.hpp"
#include "market/timeframe.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::windows;

class FoldsCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "folds"; }
  [[nodiscard]] std::string_view summary() const override {
    return "how features are divided into training and test";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Cuts features into rolling windows and the windows into folds, and shows dates, counts and what "
           "is "
           "left out between training and test. Writes nothing.\n"
           "A sample is a window and the rows of its target. Training samples that read a row which a test "
           "sample "
           "reads, or whose time meets that of the test block, are purged; where training goes on after a "
           "test "
           "block, an embargo follows. All instruments are cut at the same stamps.\n"
           "holdout: one training, validation and test part. walk-forward: test blocks one after the other. "
           "combinatorial: every choice of k out of N groups is the test once, which gives many backtest "
           "paths.";
  }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {
        "regimetry folds demo/features.parquet --horizon 5",
        "regimetry folds demo/features.parquet --training rolling --train-bars 1000 --test-bars 250 "
        "--horizon 5",
        "regimetry folds demo/features.parquet --scheme combinatorial --group-count 6 --test-group-count 2 "
        "--json",
        "regimetry folds demo/features.parquet --scheme holdout --train-share 0.6 --validation-share 0.2 "
        "--test-share 0.2"};
  }

  void declare(SettingSchema& schema) override {
    schema.add("input", input_, "Features: .parquet, .csv, .jsonl or .npy.",
               {.placeholder = "FILE", .positional = true, .required = true});
    schema.add_choice("scheme", options_.scheme,
                      {{"holdout", FoldScheme::kHoldout},
                       {"walk-forward", FoldScheme::kWalkForward},
                       {"combinatorial", FoldScheme::kCombinatorial}},
                      "How time is divided.");
    declare_windows(schema);
    declare_purge(schema);
    declare_holdout(schema);
    declare_walk_forward(schema);
    declare_combinatorial(schema);
    settings_.declare_reading(schema);
    schema.add_check([this] { return settle_options(); });
  }

  int run(CommandContext& context) override {
    const features::FeatureData data =
        features::read_features(input_, settings_.read_options(), context.pool(), context.observer());
    const FoldReport report = report_folds(data, options_);
    context.print(report.text);
    context.print_json(report.json);
    return 0;
  }

 private:
  void declare_windows(SettingSchema& schema) {
    const std::string group = "Windows";
    WindowOptions& windows = options_.windows;
    schema.add("window_size", windows.window_size, "Rows per window.", {.placeholder = "N", .group = group});
    schema.add("stride", windows.stride, "Rows between the begins of two windows.",
               {.placeholder = "N", .group = group});
    schema.add("horizon", windows.horizon, "Rows after the window that its target reads; 0: no target.",
               {.placeholder = "N", .group = group});
    schema.add(
        "max_gap", max_gap_,
        "A longer step between neighbouring rows is a gap, which no window or target spans: 90m, 4h, 3d. "
        "Absent: no step is a gap.",
        {.placeholder = "TIME", .group = group});
    schema.add("max_gap_bars", windows.max_gap_bars, "The same in bars of the timeframe.",
               {.placeholder = "N", .group = group});
    schema.add_choice(
        "missing", windows.missing, {{"drop", MissingRule::kDrop}, {"keep", MissingRule::kKeep}},
        "Windows that hold a missing value. Warm-up rows at the start are in no window either way.",
        {.group = group});
    schema.add("earliest_last_row", windows.earliest_last_row,
               "Leave out windows that end before this row of their instrument, counted from 0.",
               {.placeholder = "N", .group = group});
    schema.add("from", from_, "Leave out windows that end before this date or stamp.",
               {.placeholder = "DATE", .group = group});
  }

  void declare_purge(SettingSchema& schema) {
    const std::string group = "Purge and embargo";
    schema.add("extra_purge_bars", options_.purge.extra_purge_bars,
               "Rows kept free beside test blocks, besides window_size + horizon - 1.",
               {.placeholder = "N", .group = group});
    schema.add("embargo_share", options_.purge.embargo_share,
               "Embargo after a test block where training goes on after it, as a share of all bars.",
               {.placeholder = "SHARE", .group = group});
  }

  void declare_holdout(SettingSchema& schema) {
    const std::string group = "Scheme holdout";
    SplitOptions& holdout = options_.holdout;
    schema.add("train_share", holdout.train_share, "Share of time for training.",
               {.placeholder = "SHARE", .group = group});
    schema.add("validation_share", holdout.validation_share, "Share of time for validation; may be 0.",
               {.placeholder = "SHARE", .group = group});
    schema.add("test_share", holdout.test_share, "Share of time for test; the three add up to 1.",
               {.placeholder = "SHARE", .group = group});
    schema.add("test_from", test_from_, "First date or stamp of the test part; the shares are then ignored.",
               {.placeholder = "DATE", .group = group});
    schema.add("validation_from", validation_from_,
               "First date or stamp of the validation part, with test_from. Absent: no validation.",
               {.placeholder = "DATE", .group = group});
  }

  void declare_walk_forward(SettingSchema& schema) {
    const std::string group = "Scheme walk-forward";
    WalkForwardOptions& walk = options_.walk_forward;
    schema.add_choice(
        "training", walk.training,
        {{"expanding", TrainingRange::kExpanding},
         {"rolling", TrainingRange::kRolling},
         {"surrounding", TrainingRange::kSurrounding}},
        "All that comes before the test block, the last train_bars before it, or all around it.",
        {.group = group});
    schema.add("fold_count", walk.fold_count, "Test blocks. Absent: as many as fit with test_bars, else 5.",
               {.placeholder = "N", .group = group});
    schema.add("test_bars", walk.test_bars, "Length of a test block. Absent: from fold_count.",
               {.placeholder = "N", .group = group});
    schema.add(
        "step_bars", walk.step_bars,
        "From the begin of a test block to that of the next. Absent: test_bars, so that each bar is tested "
        "once.",
        {.placeholder = "N", .group = group});
    schema.add(
        "train_bars", walk.train_bars,
        "Training bars left after the purge: exactly so many for rolling, else at least. Absent: as many as "
        "a test block has.",
        {.placeholder = "N", .group = group});
  }

  void declare_combinatorial(SettingSchema& schema) {
    const std::string group = "Scheme combinatorial";
    schema.add("group_count", options_.combinatorial.group_count, "Groups that time is cut into.",
               {.placeholder = "N", .group = group});
    schema.add("test_group_count", options_.combinatorial.test_group_count,
               "Groups that are tested together.", {.placeholder = "K", .group = group});
  }

  // Turns words into options; returns what is wrong with them.
  std::vector<std::string> settle_options() {
    std::vector<std::string> problems;
    settle_stamp("from", from_, options_.windows.earliest_last_stamp, problems);
    settle_stamp("test_from", test_from_, options_.holdout.test_from, problems);
    settle_stamp("validation_from", validation_from_, options_.holdout.validation_from, problems);
    if (max_gap_) settle_max_gap(problems);
    for (std::string& problem : options_.problems()) problems.push_back(std::move(problem));
    return problems;
  }

  void settle_max_gap(std::vector<std::string>& problems) {
    const auto gap = market::Timeframe::parse(*max_gap_);
    if (options_.windows.max_gap_bars) {
      problems.emplace_back("max_gap and max_gap_bars both say what a gap is; give one of them");
    } else if (gap && gap->nanoseconds > 0) {
      options_.windows.max_gap_ns = gap->nanoseconds;
    } else {
      problems.push_back(fmt::format(
          "max_gap is '{}', which is not a fixed length of time; write it as 90m, 4h or 3d", *max_gap_));
    }
  }

  static void settle_stamp(std::string_view key, const std::optional<std::string>& word,
                           std::optional<TimestampNs>& stamp, std::vector<std::string>& problems) {
    if (!word) return;
    stamp = parse_iso_timestamp(*word);
    if (stamp) return;
    problems.push_back(fmt::format(
        "{} is '{}', which is not a date; write it as 2020-01-31 or 2020-01-31T16:00:00Z", key, *word));
  }

  std::filesystem::path input_;
  std::optional<std::string> max_gap_, from_, test_from_, validation_from_;
  FoldReportOptions options_;
  DataSettings settings_;
};

}  // namespace

std::unique_ptr<Command> make_folds_command() {
  return std::make_unique<FoldsCommand>();
}

}  // namespace regimetry::cli
