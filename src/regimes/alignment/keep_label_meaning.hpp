// Regime numbers that last from run to run, kept in a folder: the whole way from fresh labels to known ones.
#pragma once

#include <filesystem>
#include <span>

#include "regimes/alignment/align_to_baseline.hpp"
#include "regimes/alignment/order_regimes.hpp"

namespace regimetry::regimes {

struct KeepLabelOptions {
  RegimeOrder first_order = RegimeOrder::kVolatility;  // of the first run; idle once there is a baseline
  AlignOptions align = {};
  // Add rows with new stamps to the baseline, so that regimes which arose in them are known again next time.
  // What the baseline already says never changes. Off: it is written once.
  bool extends_baseline = false;
};

struct KeptLabels {
  AlignedLabels aligned;
  bool is_first_run = false;  // there was no baseline: labels were ordered and became it
};

// Reads `folder`/regime_assignments_baseline.csv and aligns `rows` to it; without one, orders the regimes and
// writes it. `folder`/regime_label_mapping.json is written beside it when it is absent, with the mapping of
// this run, and checked when it is there. The folder must exist. `returns` as for order_regimes().
[[nodiscard]] KeptLabels keep_label_meaning(const std::filesystem::path& folder, const LabelledRows& rows,
                                            std::span<const double> returns,
                                            const KeepLabelOptions& options = {});

}  // namespace regimetry::regimes
