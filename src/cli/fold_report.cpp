#include "cli/fold_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "core/error.hpp"
#include "windows/describe_folds.hpp"
#include "windows/time_axis.hpp"

namespace regimetry::cli {
namespace {

using namespace regimetry::windows;

constexpr std::size_t kMostRowsListed = 40;

// A scheme carried out. The members after `folds` are empty unless it is combinatorial.
struct Outcome {
  std::vector<Fold> folds;
  std::vector<Period> groups;
  std::vector<std::vector<std::int64_t>> test_groups, paths;
};

SplitOptions holdout_options(const FoldReportOptions& options) {
  SplitOptions holdout = options.holdout;
  holdout.extra_purge_bars = options.purge.extra_purge_bars;
  return holdout;
}

WalkForwardOptions walk_forward_options(const FoldReportOptions& options) {
  WalkForwardOptions walk = options.walk_forward;
  walk.purge = options.purge;
  return walk;
}

CombinatorialOptions combinatorial_options(const FoldReportOptions& options) {
  CombinatorialOptions combinatorial = options.combinatorial;
  combinatorial.purge = options.purge;
  return combinatorial;
}

Outcome carry_out(const Windows& windows, const TimeAxis& axis, const FoldReportOptions& options) {
  if (options.scheme == FoldScheme::kHoldout) {
    return {{split_chronologically(windows, axis, holdout_options(options))}, {}, {}, {}};
  }
  if (options.scheme == FoldScheme::kWalkForward) {
    return {walk_forward(windows, axis, walk_forward_options(options)), {}, {}, {}};
  }
  CombinatorialFolds made = combinatorial_purged(windows, axis, combinatorial_options(options));
  return {std::move(made.folds), std::move(made.groups), std::move(made.test_groups), std::move(made.paths)};
}

std::int64_t embargo_of(const TimeAxis& axis, const FoldReportOptions& options) {
  return options.scheme == FoldScheme::kHoldout ? 0 : embargo_bars(options.purge, axis.size());
}

// "Embargo: 2 bars before it"
std::string embargo_words(const FoldReportOptions& options, std::int64_t embargo) {
  if (embargo == 0) return "none";
  const char* side = options.scheme == FoldScheme::kCombinatorial                   ? "after it"
                     : options.walk_forward.training == TrainingRange::kSurrounding ? "before and after it"
                                                                                    : "before it";
  return fmt::format("{} bars {}", embargo, side);
}

std::string period_words(const Period& period) {
  return fmt::format("{} .. {}", format_timestamp_short(period.first), format_timestamp_short(period.last));
}

std::string part_words(const PartSummary& part) {
  return part.decided ? period_words(*part.decided) : std::string();
}

std::string test_words(const FoldSummary& summary) {
  std::vector<std::string> words;
  // Blocks that touch in the table of groups are still blocks of their own.
  for (const Period& period : summary.test_periods) words.push_back(period_words(period));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::vector<std::int64_t> from_one(std::vector<std::int64_t> indices) {
  for (std::int64_t& index : indices) ++index;
  return indices;
}

std::string more_words(std::size_t count) {
  if (count <= kMostRowsListed) return {};
  return fmt::format("  ... and {} more (--json lists all)\n",
                     grouped_number(static_cast<std::int64_t>(count - kMostRowsListed)));
}

std::string windows_words(const Windows& windows) {
  const WindowCensus& census = windows.census();
  std::string text = fmt::format(
      "{} windows of {} rows{}{} from {} rows of {} instrument{}.\n", grouped_number(windows.size()),
      windows.window_size(),
      windows.options().stride == 1 ? "" : fmt::format(", {} apart", windows.options().stride),
      windows.horizon() == 0 ? "" : fmt::format(", targets {} rows ahead,", windows.horizon()),
      grouped_number(census.rows), windows.tables().size(), windows.tables().size() == 1 ? "" : "s");
  text += fmt::format("Warm-up rows: {}. Rows with missing values after it: {}. Gaps: {}.",
                      grouped_number(census.warm_up_rows), grouped_number(census.missing_rows),
                      grouped_number(census.gaps));
  if (census.instruments_without_windows > 0) {
    text += fmt::format(" Instruments too short for a window: {}.",
                        grouped_number(census.instruments_without_windows));
  }
  return text + "\n";
}

std::string rule_words(const Windows& windows, const FoldReportOptions& options, std::int64_t embargo) {
  return fmt::format(
      "Purge: {} bars beside each test block (window_size + horizon - 1{}). Embargo: {}.\n",
      nominal_purge_bars(windows, options.purge),
      options.purge.extra_purge_bars > 0 ? fmt::format(" + {}", options.purge.extra_purge_bars) : "",
      embargo_words(options, embargo));
}

std::string fold_table(const std::vector<FoldSummary>& summaries) {
  const bool has_validation = std::any_of(summaries.begin(), summaries.end(),
                                          [](const FoldSummary& one) { return one.validation.samples > 0; });
  std::vector<std::string> header{"fold", "training", "samples"};
  if (has_validation) header.insert(header.end(), {"validation", "samples"});
  header.insert(header.end(), {"test", "samples", "purged", "embargoed"});
  TextTable table(header);
  table.align_right(has_validation ? std::vector<std::size_t>{0, 2, 4, 6, 7, 8}
                                   : std::vector<std::size_t>{0, 2, 4, 5, 6});
  for (std::size_t k = 0; k < std::min(summaries.size(), kMostRowsListed); ++k) {
    const FoldSummary& one = summaries[k];
    std::vector<std::string> cells{std::to_string(k + 1), part_words(one.train),
                                   grouped_number(one.train.samples)};
    if (has_validation) {
      cells.insert(cells.end(), {part_words(one.validation), grouped_number(one.validation.samples)});
    }
    cells.insert(cells.end(), {test_words(one), grouped_number(one.test.samples), grouped_number(one.purged),
                               grouped_number(one.embargoed)});
    table.add(std::move(cells));
  }
  return table.text() + more_words(summaries.size());
}

std::string path_table(const Outcome& outcome) {
  std::vector<std::string> header{"path"};
  for (std::size_t g = 0; g < outcome.groups.size(); ++g) header.push_back(fmt::format("group {}", g + 1));
  TextTable table(header);
  std::vector<std::size_t> columns(header.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i;
  table.align_right(columns);
  for (std::size_t j = 0; j < std::min(outcome.paths.size(), kMostRowsListed); ++j) {
    std::vector<std::string> cells{std::to_string(j + 1)};
    for (const std::int64_t fold : outcome.paths[j]) cells.push_back(std::to_string(fold + 1));
    table.add(std::move(cells));
  }
  return fmt::format("\nBacktest paths ({}): the fold whose test predictions serve each group\n{}",
                     outcome.paths.size(), table.text() + more_words(outcome.paths.size()));
}

nlohmann::json report_json(const Windows& windows, const FoldReportOptions& options, const Outcome& outcome,
                           const std::vector<FoldSummary>& summaries, std::int64_t embargo) {
  nlohmann::json json{{"scheme", scheme_name(options.scheme)},
                      {"windows", describe_windows(windows)},
                      {"purge_bars", nominal_purge_bars(windows, options.purge)},
                      {"embargo_bars", embargo},
                      {"folds", nlohmann::json::array()}};
  for (std::size_t k = 0; k < summaries.size(); ++k) {
    nlohmann::json fold = to_json(outcome.folds[k], summaries[k]);
    fold["fold"] = k + 1;
    if (!outcome.test_groups.empty()) fold["test_groups"] = from_one(outcome.test_groups[k]);
    json["folds"].push_back(std::move(fold));
  }
  if (options.scheme != FoldScheme::kCombinatorial) return json;
  json["groups"] = nlohmann::json::array();
  for (const Period& group : outcome.groups) {
    json["groups"].push_back(
        {{"first", format_timestamp(group.first)}, {"last", format_timestamp(group.last)}});
  }
  json["paths"] = nlohmann::json::array();
  for (const auto& path : outcome.paths) json["paths"].push_back(from_one(path));
  return json;
}

// What is promised for every fold, looked at once more before anyone relies on it.
void require_clean(const std::vector<FoldSummary>& summaries) {
  for (std::size_t k = 0; k < summaries.size(); ++k) {
    if (summaries[k].overlaps.empty()) continue;
    throw Error(
        ErrorKind::kInternal,
        fmt::format("Fold {} has {} overlaps between training and test. This is a fault of regimetry: please "
                    "report it with the options and the data.",
                    k + 1, summaries[k].overlaps.size()));
  }
}

}  // namespace

std::string scheme_name(FoldScheme scheme) {
  return scheme == FoldScheme::kHoldout       ? "holdout"
         : scheme == FoldScheme::kWalkForward ? "walk-forward"
                                              : "combinatorial";
}

std::vector<std::string> FoldReportOptions::problems() const {
  std::vector<std::string> problems = windows.problems();
  std::vector<std::string> others = scheme == FoldScheme::kHoldout ? holdout_options(*this).problems()
                                    : scheme == FoldScheme::kWalkForward
                                        ? walk_forward_options(*this).problems()
                                        : combinatorial_options(*this).problems();
  for (std::string& problem : others) problems.push_back(std::move(problem));
  return problems;
}

FoldReport report_folds(const features::FeatureData& data, const FoldReportOptions& options) {
  const Windows windows(data, options.windows);
  // A union of the stamps of all instruments: worth making once.
  const TimeAxis axis = make_time_axis(windows);
  const std::int64_t embargo = embargo_of(axis, options);
  const Outcome outcome = carry_out(windows, axis, options);
  std::vector<FoldSummary> summaries;
  for (const Fold& fold : outcome.folds) summaries.push_back(describe_fold(windows, fold));
  require_clean(summaries);
  FoldReport report;
  report.text = windows_words(windows) + rule_words(windows, options, embargo) + "\n" + fold_table(summaries);
  if (options.scheme == FoldScheme::kCombinatorial) report.text += path_table(outcome);
  report.text += "\nChecked: no training window or target overlaps a test sample.\n";
  report.json = report_json(windows, options, outcome, summaries, embargo);
  return report;
}

}  // namespace regimetry::cli
