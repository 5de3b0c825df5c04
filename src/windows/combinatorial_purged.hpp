// Combinatorial purged cross-validation (Lopez de Prado 2018, chapter 12): many backtests from one history.
//
// Time is cut into N groups of equal length; every choice of k of them is a test set once, and the rest is
// training, purged on both sides of each test block and embargoed after it:
//
//   N = 6, k = 2, groups 2 and 5 tested    |==0==|==1=xx|test2|xxee=3=|==4=xx|test5|
//
// Each group is tested in C(N - 1, k - 1) folds, so the test predictions of all folds make that many complete
// histories, the paths: phi = C(N, k) k / N. Path j takes group g from the j-th fold (in order) that tests g.
// One walk-forward gives one Sharpe ratio; the paths give a distribution of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "windows/fold.hpp"
#include "windows/purged_fold.hpp"
#include "windows/time_axis.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

struct CombinatorialOptions {
  // N. More groups give more folds of shorter test blocks, and lose more samples to purge and embargo.
  std::int64_t group_count = 6;
  // k. More test groups give more paths and less training data.
  std::int64_t test_group_count = 2;
  PurgeOptions purge = {};
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct CombinatorialFolds {
  std::vector<Period> groups;  // [N], first and last stamp of each
  std::vector<Fold> folds;     // [C(N, k)], in lexicographic order of their test groups
  std::vector<std::vector<std::int64_t>> test_groups;  // [C(N, k)][k], ascending
  std::vector<std::vector<std::int64_t>> paths;        // [phi][N]: the fold that tests group g for path j
};

// C(n, k), or nothing when it exceeds `most`.
[[nodiscard]] std::optional<std::int64_t> combination_count(std::int64_t n, std::int64_t k,
                                                            std::int64_t most);

// `axis` is make_time_axis(windows), for callers that have it. Throws Error: kUsage when options have
// problems; kData when a part of a fold is left without samples.
[[nodiscard]] CombinatorialFolds combinatorial_purged(const Windows& windows, const TimeAxis& axis,
                                                      const CombinatorialOptions& options);
[[nodiscard]] CombinatorialFolds combinatorial_purged(const Windows& windows,
                                                      const CombinatorialOptions& options = {});

}  // namespace regimetry::windows
