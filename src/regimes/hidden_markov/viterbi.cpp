#include "regimes/hidden_markov/viterbi.hpp"

#include <algorithm>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

struct LogChances {
  std::vector<double> initial;     // [K]
  std::vector<double> transition;  // [K, K]
};

LogChances logs_of(const HiddenMarkovLaw& law) {
  LogChances logs{{law.initial.data(), law.initial.data() + law.initial.size()},
                  {law.transition.data(), law.transition.data() + law.transition.size()}};
  portable_log(logs.initial, logs.initial);
  portable_log(logs.transition, logs.transition);
  return logs;
}

// Scores of the best path into each regime at `row` from those at the row before; writes where each came
// from.
void step(const LogChances& logs, const double* densities, std::vector<double>& scores,
          std::vector<double>& next, std::int32_t* came_from) {
  const std::size_t count = scores.size();
  for (std::size_t k = 0; k < count; ++k) {
    std::size_t best = 0;
    double best_score = scores[0] + logs.transition[k];
    for (std::size_t j = 1; j < count; ++j) {
      const double score = scores[j] + logs.transition[j * count + k];
      if (score > best_score) best = j, best_score = score;
    }
    came_from[k] = static_cast<std::int32_t>(best);
    next[k] = best_score + densities[k];
  }
  std::swap(scores, next);
}

}  // namespace

std::vector<std::int32_t> most_likely_path(const HiddenMarkovLaw& law, const MatrixD& log_densities,
                                           std::span<const IndexRange> sequences) {
  const auto count = static_cast<std::size_t>(law.regime_count());
  const LogChances logs = logs_of(law);
  std::vector<std::int32_t> labels(static_cast<std::size_t>(log_densities.rows()));
  std::vector<std::int32_t> came_from(labels.size() * count);
  std::vector<double> scores(count), next(count);
  for (const IndexRange& sequence : sequences) {
    if (sequence.size() == 0) continue;
    for (std::size_t k = 0; k < count; ++k)
      scores[k] = logs.initial[k] + log_densities(sequence.begin, static_cast<Eigen::Index>(k));
    for (std::int64_t row = sequence.begin + 1; row < sequence.end; ++row)
      step(logs, log_densities.row(row).data(), scores, next,
           came_from.data() + static_cast<std::size_t>(row) * count);
    auto regime = std::max_element(scores.begin(), scores.end()) - scores.begin();
    for (std::int64_t row = sequence.end - 1; row >= sequence.begin; --row) {
      labels[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(regime);
      if (row > sequence.begin)
        regime = came_from[static_cast<std::size_t>(row) * count + static_cast<std::size_t>(regime)];
    }
  }
  return labels;
}

}  // namespace regimetry::regimes
