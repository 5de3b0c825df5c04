// The audit for look-ahead of any computation, shown to the user: what `audit lookahead` does once data and
// features are at hand.
#pragma once

#include "cli/audited_features.hpp"
#include "cli/command.hpp"
#include "features/audit/lookahead.hpp"

namespace regimetry::cli {

// Prints the report, as text and as JSON. The exit code: 0 when nothing was found on enough prefixes, 1 when
// something was, or when there were too few prefixes to tell. Throws what audit_lookahead throws.
[[nodiscard]] int run_lookahead_audit(const AuditedFeatures& audited, const market::MarketData& data,
                                      const features::LookaheadOptions& options, CommandContext& context);

}  // namespace regimetry::cli
