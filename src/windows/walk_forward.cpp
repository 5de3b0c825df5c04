#include "windows/walk_forward.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/error.hpp"

namespace regimetry::windows {
namespace {

constexpr std::int64_t kMostBars = 1'000'000'000;
constexpr std::int64_t kMostFolds = 10'000;
constexpr std::int64_t kUsualFolds = 5;

// The numbers that the options leave open, settled for an axis.
struct Plan {
  std::int64_t fold_count = 0, test_bars = 0, step_bars = 0, train_bars = 0;
  std::int64_t purge_bars = 0, embargo_bars = 0;  // before each test block
  [[nodiscard]] std::int64_t free_bars() const noexcept { return purge_bars + embargo_bars; }
};

void check_length(std::string_view name, const std::optional<std::int64_t>& value, std::int64_t most,
                  std::vector<std::string>& problems) {
  if (!value || (*value >= 1 && *value <= most)) return;
  problems.push_back(fmt::format("{} is {}; it must be between 1 and {}", name, *value, most));
}

[[noreturn]] void throw_too_short(const TimeAxis& axis, const Plan& plan, std::int64_t needed,
                                  const Windows& windows) {
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "walk-forward: {} bars at which a window ends are needed ({} training + {} purged + {} embargo + "
          "{} "
          "test in {} blocks), and there are {}: with window_size {}, {} rows without gaps. Give more data, "
          "fewer or shorter test blocks, less training, or a shorter window or horizon.",
          needed, plan.train_bars, plan.purge_bars, plan.embargo_bars,
          plan.test_bars + (plan.fold_count - 1) * plan.step_bars, plan.fold_count, axis.size(),
          windows.window_size(), needed + windows.window_size() - 1 + windows.horizon()));
}

std::int64_t needed_bars(const Plan& plan) {
  return plan.train_bars + plan.free_bars() + plan.test_bars + (plan.fold_count - 1) * plan.step_bars;
}

// `fold_count` blocks, as long as the axis allows.
Plan plan_by_count(const TimeAxis& axis, const WalkForwardOptions& options, Plan plan) {
  plan.fold_count = options.fold_count.value_or(kUsualFolds);
  const std::int64_t room = axis.size() - plan.free_bars() - options.train_bars.value_or(0);
  const std::int64_t parts = plan.fold_count + (options.train_bars ? 0 : 1);  // one of them for training
  plan.test_bars = std::max<std::int64_t>(1, room / parts);
  plan.step_bars = plan.test_bars;
  plan.train_bars = options.train_bars.value_or(plan.test_bars);
  return plan;
}

// Blocks of a given length, as many as fit or as asked for.
Plan plan_by_length(const TimeAxis& axis, const WalkForwardOptions& options, Plan plan) {
  plan.test_bars = *options.test_bars;
  plan.step_bars = options.step_bars.value_or(plan.test_bars);
  plan.train_bars = options.train_bars.value_or(plan.test_bars);
  const std::int64_t room = axis.size() - plan.train_bars - plan.free_bars() - plan.test_bars;
  const std::int64_t fitting = room < 0 ? 1 : room / plan.step_bars + 1;
  plan.fold_count = options.fold_count.value_or(fitting);
  return plan;
}

Plan make_plan(const Windows& windows, const TimeAxis& axis, const WalkForwardOptions& options) {
  Plan plan;
  plan.purge_bars = nominal_purge_bars(windows, options.purge);
  // The extra bars lie inside the embargo.
  plan.embargo_bars =
      std::max<std::int64_t>(0, embargo_bars(options.purge, axis.size()) - options.purge.extra_purge_bars);
  plan = options.test_bars ? plan_by_length(axis, options, plan) : plan_by_count(axis, options, plan);
  if (needed_bars(plan) > axis.size()) throw_too_short(axis, plan, needed_bars(plan), windows);
  if (plan.fold_count > kMostFolds) {
    throw Error(ErrorKind::kUsage,
                fmt::format("walk-forward: test_bars {} and step_bars {} make {} folds of {} "
                            "bars; at most {} are made. Choose longer test blocks.",
                            plan.test_bars, plan.step_bars, plan.fold_count, axis.size(), kMostFolds));
  }
  return plan;
}

RowRange training_before(const Plan& plan, TrainingRange training, const RowRange& test) {
  if (training != TrainingRange::kRolling) return {0, test.begin};
  // Purge and embargo take away from the end, so that `train_bars` are left.
  return {test.begin - plan.free_bars() - plan.train_bars, test.begin};
}

}  // namespace

std::vector<std::string> WalkForwardOptions::problems() const {
  std::vector<std::string> problems;
  check_length("fold_count", fold_count, kMostFolds, problems);
  check_length("test_bars", test_bars, kMostBars, problems);
  check_length("step_bars", step_bars, kMostBars, problems);
  check_length("train_bars", train_bars, kMostBars, problems);
  if (step_bars && !test_bars) problems.emplace_back("step_bars is given without test_bars; give both");
  for (std::string& problem : purge.problems()) problems.push_back(std::move(problem));
  return problems;
}

std::vector<Fold> walk_forward(const Windows& windows, const TimeAxis& axis,
                               const WalkForwardOptions& options) {
  if (const auto problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage, fmt::format("walk-forward: {}.", fmt::join(problems, "; ")));
  }
  const Plan plan = make_plan(windows, axis, options);
  std::vector<Fold> folds;
  for (std::int64_t k = 0; k < plan.fold_count; ++k) {
    const std::int64_t begin = axis.size() - plan.test_bars - (plan.fold_count - 1 - k) * plan.step_bars;
    const RowRange test{begin, begin + plan.test_bars};
    FoldLayout layout{fmt::format("walk-forward fold {} of {}", k + 1, plan.fold_count),
                      {training_before(plan, options.training, test)},
                      std::nullopt,
                      {test},
                      /*has_embargo_before=*/true};
    if (options.training == TrainingRange::kSurrounding) layout.train.push_back({test.end, axis.size()});
    folds.push_back(make_purged_fold(windows, axis, layout, options.purge));
  }
  return folds;
}

std::vector<Fold> walk_forward(const Windows& windows, const WalkForwardOptions& options) {
  return walk_forward(windows, make_time_axis(windows), options);
}

}  // namespace regimetry::windows
