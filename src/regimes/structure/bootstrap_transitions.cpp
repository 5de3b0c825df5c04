#include "regimes/structure/bootstrap_transitions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

double automatic_block_length(std::span<const Transition> transitions) {
  const auto count = static_cast<double>(transitions.size());
  std::int64_t switches = 0;
  for (const Transition& one : transitions) switches += one.from != one.to ? 1 : 0;
  const double mean_dwell = count / static_cast<double>(switches + 1);
  // Fewer than four blocks would repeat the sample rather than resample it.
  return std::max(1.0, std::min(std::max(std::cbrt(count), 2 * mean_dwell), count / 4));
}

MatrixD draw_replicate(std::span<const Transition> transitions, int regime_count, double block_length,
                       RngStream stream) {
  CountMatrix counts = CountMatrix::Zero(regime_count, regime_count);
  const auto size = static_cast<std::uint64_t>(transitions.size());
  // Of a block that goes on with chance 1 - 1/L after each transition; a chance of 0 makes blocks of one.
  const double log_go_on = portable_log(1 - 1 / block_length);
  for (std::uint64_t drawn = 0; drawn < size;) {
    std::uint64_t place = stream.below(size);
    const double more = portable_log(stream.uniform()) / log_go_on;  // -0 where log_go_on is -inf
    const auto length = std::min(static_cast<double>(size - drawn), 1 + std::floor(more));
    for (auto n = static_cast<std::uint64_t>(length); n > 0; --n, ++drawn) {
      const Transition& one = transitions[place];
      ++counts(one.from, one.to);
      if (++place == size) place = 0;
    }
  }
  return transition_matrix(counts);
}

// The value below which `share` of the sorted values lie, between neighbours in proportion.
double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

TransitionIntervals bootstrap_transitions(std::span<const Transition> transitions, int regime_count,
                                          const TransitionBootstrapOptions& options, const Rng& rng,
                                          ThreadPool& pool) {
  TransitionIntervals intervals;
  intervals.low = intervals.high =
      MatrixD::Constant(regime_count, regime_count, std::numeric_limits<double>::quiet_NaN());
  if (transitions.empty()) return intervals;
  intervals.replicates = options.replicates;
  intervals.block_length =
      options.block_length > 0 ? options.block_length : automatic_block_length(transitions);
  std::vector<MatrixD> drawn(static_cast<std::size_t>(options.replicates));
  pool.parallel_for(options.replicates, 8, [&](IndexRange range) {
    for (std::int64_t b = range.begin; b < range.end; ++b) {
      drawn[static_cast<std::size_t>(b)] =
          draw_replicate(transitions, regime_count, intervals.block_length,
                         rng.stream("structure.transitions", static_cast<std::uint64_t>(b)));
    }
  });
  pool.parallel_for(regime_count, 1, [&](IndexRange range) {
    for (Eigen::Index row = range.begin; row < range.end; ++row) {
      for (Eigen::Index column = 0; column < regime_count; ++column) {
        std::vector<double> values;
        for (const MatrixD& one : drawn) {
          if (one.row(row).sum() > 0) values.push_back(one(row, column));
        }
        std::sort(values.begin(), values.end());
        intervals.low(row, column) = quantile(values, 0.025);
        intervals.high(row, column) = quantile(values, 0.975);
      }
    }
  });
  return intervals;
}

}  // namespace regimetry::regimes
