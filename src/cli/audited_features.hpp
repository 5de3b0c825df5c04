// The feature set of the command line as the black box that audits look into.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/feature_settings.hpp"
#include "features/audit/computation.hpp"
#include "market/market_data.hpp"

namespace regimetry::cli {

struct AuditedFeatures {
  features::PanelComputation computation;
  std::string set_name;            // the built-in set that these are; empty for any other list
  std::vector<std::string> names;  // of the columns, in order

  // "the set core95 (95 features)", "2 features (rsi_14, atr_14)"; of long lists, the first names.
  [[nodiscard]] std::string words() const;
};

// The set is fixed by the whole `data`: which columns there are is known beforehand. Nothing is reported
// while audits recompute. The pool must outlive the result.
[[nodiscard]] AuditedFeatures audited_features(const FeatureSettings& settings,
                                               const market::MarketData& data, ThreadPool& pool,
                                               Observer& observer);

// A report with what was audited besides: "feature_set" (null unless it is a built-in one), "feature_names".
[[nodiscard]] nlohmann::json with_audited_features(nlohmann::json report, const AuditedFeatures& audited);

}  // namespace regimetry::cli
