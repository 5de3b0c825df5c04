#include "market/simulation/regime_path.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

#include "core/portable_math.hpp"

namespace regimetry::market {
namespace {

// Bars until one phase of a stay ends, at least 1, cut off at `longest` (which also tames a phase that never
// ends).
std::int64_t draw_phase(double leave_probability, std::int64_t longest, RngStream& stream) {
  const double log_uniform = portable_log(stream.uniform());
  if (leave_probability >= 1) return 1;
  const double log_stay = portable_log(1 - leave_probability);
  const double failures = log_stay < 0 ? log_uniform / log_stay : static_cast<double>(longest);
  return failures >= static_cast<double>(longest) ? longest : 1 + static_cast<std::int64_t>(failures);
}

}  // namespace

std::vector<std::int32_t> draw_regime_path(const RegimeParameters& parameters, std::int64_t bar_count,
                                           RngStream stream) {
  std::vector<std::int32_t> path(static_cast<std::size_t>(bar_count));
  const std::size_t k = parameters.means.size();
  std::size_t regime = stream.categorical(parameters.stationary_shares());
  // In the stationary law every phase of a stay is as likely as any other to be the present one.
  auto phases_left = 1 + static_cast<int>(stream.below(static_cast<std::uint64_t>(parameters.dwell_shape)));
  std::int64_t bar = 0;
  while (bar < bar_count) {
    const double leave = parameters.dwell_shape / parameters.mean_dwell_bars(static_cast<int>(regime));
    std::int64_t dwell = 0;
    for (; phases_left > 0; --phases_left) dwell += draw_phase(leave, bar_count, stream);
    const std::int64_t end = std::min(bar_count, bar + dwell);
    std::fill(path.begin() + bar, path.begin() + end, static_cast<std::int32_t>(regime));
    bar = end;
    if (bar == bar_count) break;
    std::vector<double> successors(
        parameters.transition.begin() + static_cast<std::ptrdiff_t>(regime * k),
        parameters.transition.begin() + static_cast<std::ptrdiff_t>((regime + 1) * k));
    successors[regime] = 0;
    regime = stream.categorical(successors);
    phases_left = parameters.dwell_shape;
  }
  return path;
}

}  // namespace regimetry::market
