#include "cli/lookahead_run.hpp"

#include "cli/format_lookahead.hpp"

namespace regimetry::cli {
namespace {

constexpr int kNotProven = 1;

}  // namespace

int run_lookahead_audit(const AuditedFeatures& audited, const market::MarketData& data,
                        const features::LookaheadOptions& options, CommandContext& context) {
  const features::LookaheadReport report =
      features::audit_lookahead(audited.computation, data, options, context.pool(), context.observer());
  context.print(format_lookahead(report, audited.words()));
  context.print_json(with_audited_features(to_json(report), audited));
  return report.is_clean() ? 0 : kNotProven;
}

}  // namespace regimetry::cli
