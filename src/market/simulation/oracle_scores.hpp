// How good the oracle is on the very path that was drawn: the ceiling that travels with the data.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "market/simulation/oracle.hpp"

namespace regimetry::market {

// Share of bars with the right label.
[[nodiscard]] double label_accuracy(std::span<const std::int32_t> truth,
                                    std::span<const std::int32_t> labels);
// Share of right labels within each regime; NaN for a regime that the truth never visits. [K]
[[nodiscard]] std::vector<double> recall_per_regime(std::span<const std::int32_t> truth,
                                                    std::span<const std::int32_t> labels, int regime_count);
// Mean of recall_per_regime over the regimes that the truth visits.
[[nodiscard]] double balanced_accuracy(std::span<const std::int32_t> truth,
                                       std::span<const std::int32_t> labels, int regime_count);
// Adjusted Rand index (Hubert and Arabie 1985): 1 for equal partitions, 0 on average for unrelated ones. 1
// when both partitions are a single group.
[[nodiscard]] double adjusted_rand(std::span<const std::int32_t> truth, std::span<const std::int32_t> labels,
                                   int regime_count);

struct LabelScores {
  double accuracy = 0, balanced_accuracy = 0, adjusted_rand = 0;
};

// Betting on the sign of the next return, over bars 1 .. T-1 (each judged by what was known at the bar
// before).
struct DirectionScores {
  double up_share = 0;        // share of positive returns: what betting on "up" every time gets
  double bayes_accuracy = 0;  // mean of max(p_up, 1 - p_up): what the best rule expects, given past returns
  double realised_accuracy = 0;  // what that rule got on this path
  // The same expectation for someone told the true regime of the present bar: no method whatever can expect
  // more.
  double bound_knowing_regime = 0;
};

struct OracleScores {
  LabelScores viterbi, filter, smoother;
  DirectionScores direction;
};

[[nodiscard]] OracleScores score_oracle(const RegimeParameters& parameters, const OracleInput& input,
                                        const OracleAnswer& answer,
                                        std::span<const std::int32_t> true_regimes);
// The mean of each score over instruments.
[[nodiscard]] OracleScores mean_scores(std::span<const OracleScores> scores);
[[nodiscard]] nlohmann::json to_json(const OracleScores& scores);

}  // namespace regimetry::market
