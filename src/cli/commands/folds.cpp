// regimetry folds FEATURES: how features are divided into training and test, and what is left out between.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands/commands.hpp"
#include "cli/data_settings.hpp"
#include "cli/fold_report.hpp"
#include "cli/window_settings.hpp"
#include "core/printable.hpp"
#include "core/time.hpp"
#include "features/bar_clock.hpp"
#include "features/files/feature_file_format.hpp"
#include "features/files/read_features.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::windows;

// The settings that not every scheme uses, and those that do.
struct SchemeSetting {
  std::string_view key;
  std::vector<FoldScheme> schemes;
};

const std::vector<SchemeSetting>& scheme_settings() {
  using enum FoldScheme;
  static const std::vector<SchemeSetting> settings{{"embargo_share", {kWalkForward, kCombinatorial}},
                                                   {"train_share", {kHoldout}},
                                                   {"validation_share", {kHoldout}},
                                                   {"test_share", {kHoldout}},
                                                   {"test_from", {kHoldout}},
                                                   {"validation_from", {kHoldout}},
                                                   {"training", {kWalkForward}},
                                                   {"fold_count", {kWalkForward}},
                                                   {"test_bars", {kWalkForward}},
                                                   {"step_bars", {kWalkForward}},
                                                   {"train_bars", {kWalkForward}},
                                                   {"group_count", {kCombinatorial}},
                                                   {"test_group_count", {kCombinatorial}}};
  return settings;
}

// What somebody asked for and would not get.
std::vector<std::string> ignored_settings(FoldScheme scheme, const SettingSchema::GivenKeys& given) {
  std::vector<std::string> problems;
  for (const SchemeSetting& setting : scheme_settings()) {
    const auto& users = setting.schemes;
    if (!given.contains(setting.key) || std::find(users.begin(), users.end(), scheme) != users.end())
      continue;
    std::vector<std::string> names;
    for (const FoldScheme user : users) names.push_back(scheme_name(user));
    problems.push_back(
        fmt::format("{} is given, but the scheme {} does not use it; it belongs to --scheme {}", setting.key,
                    scheme_name(scheme), fmt::join(names, " or ")));
  }
  return problems;
}

class FoldsCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "folds"; }
  [[nodiscard]] std::string_view summary() const override {
    return "how features are divided into training and test";
  }
  [[nodiscard]] std::string_view description() const override {
    return "Cuts features into rolling windows and the windows into folds, and shows dates, counts and what "
           "is left out between training and test. Writes nothing.\n"
           "A sample is a window and the rows of its target. Training samples that read a row which a test "
           "sample reads, or whose time meets that of the test block, are purged; an embargo keeps a further "
           "stretch free. All instruments are cut at the same stamps, and bars of several timeframes are "
           "compared by when they end.\n"
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
    schema.add_check_of_given(
        [this](const SettingSchema::GivenKeys& given) { return ignored_settings(options_.scheme, given); });
  }

  int run(CommandContext& context) override {
    const features::FeatureData data =
        features::read_features(input_, settings_.read_options(), context.pool(), context.observer());
    note_foreign_columns(data, context.observer());
    FoldReportOptions options = options_;
    options.windows.stamp_meaning = features::stamp_meaning_of(data.metadata);
    const FoldReport report = report_folds(data, options);
    context.print(report.text);
    context.print_json(report.json);
    return 0;
  }

 private:
  // Folds of prices are as valid as folds of features, but seldom meant.
  void note_foreign_columns(const features::FeatureData& data, Observer& observer) const {
    const bool is_ours = data.metadata.is_object() &&
                         (data.metadata.contains("features") || data.metadata.contains("transform"));
    if (is_ours || features::is_array_path(input_)) return;
    constexpr std::ptrdiff_t kMostNames = 8;
    const std::vector<std::string>& names = data.instruments.front().names;
    const auto shown = std::min(std::ssize(names), kMostNames);
    observer.on_note(fmt::format(
        "{}: was not written by 'regimetry features', so all its columns of numbers count as features: {}{}",
        printable_path(input_),
        printable(fmt::format("{}", fmt::join(names.begin(), names.begin() + shown, ", "))),
        shown < std::ssize(names) ? fmt::format(" and {} more", std::ssize(names) - shown) : std::string()));
  }

  void declare_windows(SettingSchema& schema) {
    WindowOptions& windows = options_.windows;
    window_settings_.declare_size(schema);
    schema.add("horizon", windows.horizon, "Rows after the window that its target reads; 0: no target.",
               {.placeholder = "N", .group = kWindowGroup});
    window_settings_.declare_gaps(schema);
    schema.add("earliest_last_row", windows.earliest_last_row,
               "Leave out windows that end before this row of their instrument, counted from 0.",
               {.placeholder = "N", .group = kWindowGroup});
    schema.add("from", from_, "Leave out windows that end before this date or stamp.",
               {.placeholder = "DATE", .group = kWindowGroup});
  }

  void declare_purge(SettingSchema& schema) {
    const std::string group = "Purge and embargo";
    schema.add("extra_purge_bars", options_.purge.extra_purge_bars,
               "Rows kept free beside test blocks, besides window_size + horizon - 1.",
               {.placeholder = "N", .group = group});
    schema.add(
        "embargo_share", options_.purge.embargo_share,
        "Stretch between training and test that is kept free besides the purge, as a share of all bars: "
        "before test blocks in walk-forward, after them wherever training goes on. 0: none.",
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
    schema.add("train_bars", walk.train_bars,
               "Training bars left after purge and embargo: exactly so many for rolling, else at least. "
               "Absent: as many as "
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
    window_settings_.settle(problems);
    for (std::string& problem : options_.problems()) problems.push_back(std::move(problem));
    return problems;
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
  std::optional<std::string> from_, test_from_, validation_from_;
  FoldReportOptions options_;
  WindowSettings window_settings_{options_.windows};
  DataSettings settings_;
};

}  // namespace

std::unique_ptr<Command> make_folds_command() {
  return std::make_unique<FoldsCommand>();
}

}  // namespace regimetry::cli
