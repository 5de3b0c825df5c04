#include "windows/combinatorial_purged.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/error.hpp"

namespace regimetry::windows {
namespace {

constexpr std::int64_t kMostFolds = 10'000;

using Choice = std::vector<std::int64_t>;

// The next choice in lexicographic order; false after the last.
bool advance(Choice& choice, std::int64_t group_count) {
  const auto count = static_cast<std::int64_t>(choice.size());
  for (std::int64_t i = count - 1; i >= 0; --i) {
    if (choice[static_cast<std::size_t>(i)] == group_count - count + i) continue;
    std::iota(choice.begin() + i, choice.end(), choice[static_cast<std::size_t>(i)] + 1);
    return true;
  }
  return false;
}

std::vector<Choice> all_choices(std::int64_t group_count, std::int64_t chosen) {
  Choice choice(static_cast<std::size_t>(chosen));
  std::iota(choice.begin(), choice.end(), 0);
  std::vector<Choice> choices;
  do {
    choices.push_back(choice);
  } while (advance(choice, group_count));
  return choices;
}

// Lengths differ by one position at most.
std::vector<RowRange> cut_into_groups(const TimeAxis& axis, std::int64_t group_count) {
  std::vector<RowRange> groups;
  for (std::int64_t g = 0; g < group_count; ++g) {
    groups.push_back({g * axis.size() / group_count, (g + 1) * axis.size() / group_count});
  }
  return groups;
}

// For people, who count from 1.
Choice numbers_from_one(Choice indices) {
  for (std::int64_t& index : indices) ++index;
  return indices;
}

FoldLayout layout_for(const std::vector<RowRange>& groups, const Choice& tested) {
  FoldLayout layout;
  layout.name = fmt::format("combinatorial fold that tests groups {} of {}",
                            fmt::join(numbers_from_one(tested), ", "), groups.size());
  layout.train = {{0, groups.back().end}};
  for (const std::int64_t g : tested) layout.test.push_back(groups[static_cast<std::size_t>(g)]);
  return layout;
}

std::vector<Choice> assign_paths(const std::vector<Choice>& test_groups, std::int64_t group_count) {
  std::vector<Choice> folds_of_group(static_cast<std::size_t>(group_count));
  for (std::size_t fold = 0; fold < test_groups.size(); ++fold) {
    for (const std::int64_t g : test_groups[fold]) {
      folds_of_group[static_cast<std::size_t>(g)].push_back(static_cast<std::int64_t>(fold));
    }
  }
  std::vector<Choice> paths(folds_of_group.front().size());
  for (std::size_t j = 0; j < paths.size(); ++j) {
    for (const Choice& folds : folds_of_group) paths[j].push_back(folds[j]);
  }
  return paths;
}

}  // namespace

std::optional<std::int64_t> combination_count(std::int64_t n, std::int64_t k, std::int64_t most) {
  std::int64_t count = 1;
  const std::int64_t factors = std::min(k, n - k);
  for (std::int64_t i = 1; i <= factors; ++i) {
    // Whole at every step: a product of i neighbouring numbers is divisible by i!.
    if (count > most || n > most * 2) return std::nullopt;
    count = count * (n - factors + i) / i;
  }
  return count > most ? std::nullopt : std::optional(count);
}

std::vector<std::string> CombinatorialOptions::problems() const {
  std::vector<std::string> problems;
  if (group_count < 2 || group_count > kMostFolds) {
    problems.push_back(
        fmt::format("group_count is {}; it must be between 2 and {}", group_count, kMostFolds));
  }
  if (test_group_count < 1 || test_group_count >= std::max<std::int64_t>(2, group_count)) {
    problems.push_back(fmt::format("test_group_count is {}; it must be at least 1 and below group_count, {}",
                                   test_group_count, group_count));
  }
  if (problems.empty() && !combination_count(group_count, test_group_count, kMostFolds)) {
    problems.push_back(
        fmt::format("group_count {} and test_group_count {} make more than {} folds; choose fewer",
                    group_count, test_group_count, kMostFolds));
  }
  for (std::string& problem : purge.problems()) problems.push_back(std::move(problem));
  return problems;
}

CombinatorialFolds combinatorial_purged(const Windows& windows, const TimeAxis& axis,
                                        const CombinatorialOptions& options) {
  if (const auto problems = options.problems(); !problems.empty()) {
    throw Error(ErrorKind::kUsage, fmt::format("combinatorial: {}.", fmt::join(problems, "; ")));
  }
  if (axis.size() < options.group_count) {
    throw Error(
        ErrorKind::kData,
        fmt::format("combinatorial: {} groups need at least as many bars at which a window ends, and there "
                    "are {}. Give more data, or fewer groups.",
                    options.group_count, axis.size()));
  }
  const std::vector<RowRange> groups = cut_into_groups(axis, options.group_count);
  CombinatorialFolds result;
  for (const RowRange& group : groups)
    result.groups.push_back({axis.at(group.begin), axis.at(group.end - 1)});
  result.test_groups = all_choices(options.group_count, options.test_group_count);
  result.paths = assign_paths(result.test_groups, options.group_count);
  for (const Choice& tested : result.test_groups) {
    result.folds.push_back(make_purged_fold(windows, axis, layout_for(groups, tested), options.purge));
  }
  return result;
}

CombinatorialFolds combinatorial_purged(const Windows& windows, const CombinatorialOptions& options) {
  return combinatorial_purged(windows, make_time_axis(windows), options);
}

}  // namespace regimetry::windows
