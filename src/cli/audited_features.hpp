// The feature set of the command line as the black box that audits look into.
#pragma once

#include "cli/feature_settings.hpp"
#include "features/audit/computation.hpp"
#include "market/market_data.hpp"

namespace regimetry::cli {

// The set is fixed by the whole `data`: which columns there are is known beforehand. Nothing is reported
// while audits recompute. The pool must outlive the result.
[[nodiscard]] features::PanelComputation audited_features(const FeatureSettings& settings,
                                                          const market::MarketData& data, ThreadPool& pool,
                                                          Observer& observer);

}  // namespace regimetry::cli
