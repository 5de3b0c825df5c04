// What `regimetry folds` says: windows cut from features, folds made from them, as text and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "features/feature_table.hpp"
#include "windows/combinatorial_purged.hpp"
#include "windows/split_chronological.hpp"
#include "windows/walk_forward.hpp"
#include "windows/windows.hpp"

namespace regimetry::cli {

enum class FoldScheme { kHoldout, kWalkForward, kCombinatorial };
// "holdout", "walk-forward", "combinatorial"
[[nodiscard]] std::string scheme_name(FoldScheme scheme);

struct FoldReportOptions {
  FoldScheme scheme = FoldScheme::kWalkForward;
  windows::WindowOptions windows;
  // Purge and embargo of whichever scheme is chosen; those inside the options below are ignored. A holdout
  // has no embargo.
  windows::PurgeOptions purge;
  windows::SplitOptions holdout;
  windows::WalkForwardOptions walk_forward;
  windows::CombinatorialOptions combinatorial;
  // Problems of the windows and of the chosen scheme; the others may be as they like.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct FoldReport {
  std::string text;
  // {"scheme", "windows": describe_windows(), "purge_bars", "embargo_bars", "folds": [to_json(fold) and
  // "fold": 1, 2, ...]}; combinatorial: also "groups" (first and last stamp), per fold "test_groups", and
  // "paths": for each path the fold that tests each group. Folds and groups count from 1.
  nlohmann::json json;
};

// Throws Error as the chosen scheme does, and kInternal if a fold should leak.
[[nodiscard]] FoldReport report_folds(const features::FeatureData& data, const FoldReportOptions& options);

}  // namespace regimetry::cli
