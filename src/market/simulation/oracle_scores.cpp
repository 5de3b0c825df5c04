#include "market/simulation/oracle_scores.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "market/simulation/hidden_chain.hpp"
#include "market/simulation/unit_distribution.hpp"

namespace regimetry::market {
namespace {

double pairs(double count) {
  return 0.5 * count * (count - 1);
}

// counts[truth * K + label]
std::vector<double> contingency(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels,
                                int regime_count) {
  const auto k = static_cast<std::size_t>(regime_count);
  std::vector<double> counts(k * k, 0.0);
  for (std::size_t t = 0; t < truth.size(); ++t) {
    counts[static_cast<std::size_t>(truth[t]) * k + static_cast<std::size_t>(labels[t])] += 1;
  }
  return counts;
}

LabelScores score_labels(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels,
                         int regime_count) {
  return {label_accuracy(truth, labels), balanced_accuracy(truth, labels, regime_count),
          adjusted_rand(truth, labels, regime_count)};
}

// Expected accuracy of betting on the next sign when the regime of the present bar is known, per regime and
// bar.
double bound_knowing_regime(const RegimeParameters& parameters, const OracleInput& input,
                            std::span<const std::int32_t> regimes) {
  const auto k = static_cast<std::size_t>(parameters.regime_count());
  const UnitDistribution noise(parameters.student_t_dof);
  const bool varies = !input.shifts.empty() || !input.sd_multipliers.empty();
  std::vector<double> up(k), hit(k);
  double sum = 0;
  for (std::size_t t = 0; t + 1 < regimes.size(); ++t) {
    if (t == 0 || varies) {
      const double shift = input.shifts.empty() ? 0 : input.shifts[t + 1];
      const double multiplier = input.sd_multipliers.empty() ? 1 : input.sd_multipliers[t + 1];
      for (std::size_t j = 0; j < k; ++j)
        up[j] = noise.cdf(parameters.means[j] / (parameters.sds[j] * multiplier) + shift);
    }
    // With long-tailed stays the phase within the stay matters too; knowing the next regime outright bounds
    // every case.
    if (parameters.dwell_shape > 1) {
      const double p = up[static_cast<std::size_t>(regimes[t + 1])];
      sum += std::max(p, 1 - p);
      continue;
    }
    double p = 0;
    for (std::size_t j = 0; j < k; ++j)
      p += parameters.transition_at(regimes[t], static_cast<int>(j)) * up[j];
    sum += std::max(p, 1 - p);
  }
  return sum / static_cast<double>(regimes.size() - 1);
}

DirectionScores score_direction(const RegimeParameters& parameters, const OracleInput& input,
                                const OracleAnswer& answer, std::span<const std::int32_t> true_regimes) {
  DirectionScores scores;
  const std::size_t bars = input.returns.size();
  if (bars < 2)
    return {.up_share = std::nan(""),
            .bayes_accuracy = std::nan(""),
            .realised_accuracy = std::nan(""),
            .bound_knowing_regime = std::nan("")};
  for (std::size_t t = 0; t + 1 < bars; ++t) {
    const double p_up = answer.p_up[t];
    const bool went_up = input.returns[t + 1] > 0;
    scores.up_share += went_up ? 1 : 0;
    scores.bayes_accuracy += std::max(p_up, 1 - p_up);
    scores.realised_accuracy += (p_up > 0.5) == went_up ? 1 : 0;
  }
  const auto bets = static_cast<double>(bars - 1);
  scores.up_share /= bets;
  scores.bayes_accuracy /= bets;
  scores.realised_accuracy /= bets;
  scores.bound_knowing_regime = bound_knowing_regime(parameters, input, true_regimes);
  return scores;
}

nlohmann::json to_json(const LabelScores& scores) {
  return {{"accuracy", scores.accuracy},
          {"balanced_accuracy", scores.balanced_accuracy},
          {"adjusted_rand", scores.adjusted_rand}};
}

}  // namespace

double label_accuracy(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels) {
  double hits = 0;
  for (std::size_t t = 0; t < truth.size(); ++t) hits += truth[t] == labels[t] ? 1 : 0;
  return hits / static_cast<double>(truth.size());
}

std::vector<double> recall_per_regime(std::span<const std::int32_t> truth,
                                      std::span<const std::int32_t> labels, int regime_count) {
  const auto k = static_cast<std::size_t>(regime_count);
  const std::vector<double> counts = contingency(truth, labels, regime_count);
  std::vector<double> recalls;
  for (std::size_t j = 0; j < k; ++j) {
    double visits = 0;
    for (std::size_t label = 0; label < k; ++label) visits += counts[j * k + label];
    recalls.push_back(visits > 0 ? counts[j * k + j] / visits : std::numeric_limits<double>::quiet_NaN());
  }
  return recalls;
}

double balanced_accuracy(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels,
                         int regime_count) {
  double sum = 0, visited = 0;
  for (const double recall : recall_per_regime(truth, labels, regime_count)) {
    if (std::isnan(recall)) continue;
    sum += recall;
    visited += 1;
  }
  return sum / visited;
}

double adjusted_rand(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels,
                     int regime_count) {
  const auto k = static_cast<std::size_t>(regime_count);
  const std::vector<double> counts = contingency(truth, labels, regime_count);
  double together = 0, truth_pairs = 0, label_pairs = 0;
  for (std::size_t i = 0; i < k; ++i) {
    double row = 0, column = 0;
    for (std::size_t j = 0; j < k; ++j) {
      together += pairs(counts[i * k + j]);
      row += counts[i * k + j];
      column += counts[j * k + i];
    }
    truth_pairs += pairs(row);
    label_pairs += pairs(column);
  }
  const double all = pairs(static_cast<double>(truth.size()));
  const double expected = all > 0 ? truth_pairs * label_pairs / all : 0;
  const double largest = 0.5 * (truth_pairs + label_pairs);
  return largest == expected ? 1 : (together - expected) / (largest - expected);
}

OracleScores score_oracle(const RegimeParameters& parameters, const OracleInput& input,
                          const OracleAnswer& answer, std::span<const std::int32_t> true_regimes) {
  const int k = parameters.regime_count();
  return {score_labels(true_regimes, answer.viterbi, k), score_labels(true_regimes, answer.filter, k),
          score_labels(true_regimes, answer.smoother, k),
          score_direction(parameters, input, answer, true_regimes)};
}

OracleScores mean_scores(std::span<const OracleScores> scores) {
  OracleScores mean;
  const auto weight = 1.0 / static_cast<double>(scores.size());
  const auto add = [weight](LabelScores& into, const LabelScores& from) {
    into.accuracy += weight * from.accuracy;
    into.balanced_accuracy += weight * from.balanced_accuracy;
    into.adjusted_rand += weight * from.adjusted_rand;
  };
  for (const OracleScores& one : scores) {
    add(mean.viterbi, one.viterbi);
    add(mean.filter, one.filter);
    add(mean.smoother, one.smoother);
    mean.direction.up_share += weight * one.direction.up_share;
    mean.direction.bayes_accuracy += weight * one.direction.bayes_accuracy;
    mean.direction.realised_accuracy += weight * one.direction.realised_accuracy;
    mean.direction.bound_knowing_regime += weight * one.direction.bound_knowing_regime;
  }
  return mean;
}

nlohmann::json to_json(const OracleScores& scores) {
  return {{"viterbi", to_json(scores.viterbi)},
          {"filter", to_json(scores.filter)},
          {"smoother", to_json(scores.smoother)},
          {"direction",
           {{"up_share", scores.direction.up_share},
            {"bayes_accuracy", scores.direction.bayes_accuracy},
            {"realised_accuracy", scores.direction.realised_accuracy},
            {"bound_knowing_regime", scores.direction.bound_knowing_regime}}}};
}

}  // namespace regimetry::market
