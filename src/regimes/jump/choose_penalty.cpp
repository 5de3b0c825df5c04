#include "regimes/jump/choose_penalty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/portable_math.hpp"
#include "regimes/spread_stretches.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kStep = 1.5;  // from one candidate to the next
constexpr int kMostCandidates = 40;
constexpr int kMostStarts =
    4;  // of each trial: switches and temperature hardly depend on the last digit of a fit
constexpr double kPriorSwitches = 4, kPriorRows = 250;
constexpr double kFirstGaussian = 1;  // log odds of a switch; below, every outlier is a regime
constexpr double kFirstShare = 0.05;  // of the mean loss of a row around the overall mean

// Where the search begins: so small that hardly any row waits.
double first_penalty(const RegimeRows& rows, JumpLoss loss) {
  if (loss == JumpLoss::kGaussian) return kFirstGaussian;
  const JumpSamples samples(rows.values);
  JumpEmission one{MatrixD::Zero(1, samples.width()), MatrixD::Ones(1, samples.width()),
                   Eigen::VectorXd::Zero(1)};
  samples.update(std::vector<std::int32_t>(static_cast<std::size_t>(samples.rows()), 0), loss, one);
  Eigen::ArrayXXd losses;
  samples.compute_losses(one, losses);
  double sum = 0;
  for (Eigen::Index t = 0; t < losses.rows(); ++t) sum += losses(t, 0);
  return std::max(kFirstShare * sum / static_cast<double>(losses.rows()), 1e-12);
}

PenaltyCandidate judge(const JumpFit& fit, const JumpOptions& options) {
  const double rows = static_cast<double>(fit.fit.labels.size()) + kPriorRows;
  const double rarity =
      std::max(1, options.regime_count - 1) * rows / (fit.expected_switches + kPriorSwitches);
  const double temperature = fit.model.temperature();
  return {options.penalty,
          temperature * std::max(0.0, portable_log(rarity)),
          temperature,
          fit.expected_switches,
          fit.model.regime_count(),
          fit.switch_count,
          fit.fit.objective};
}

bool has_switches(const PenaltyCandidate& candidate) {
  return candidate.switch_count > 0;
}

// The candidate that came nearest to what was due, among those that left the most regimes.
const PenaltyCandidate& nearest_to_due(const std::vector<PenaltyCandidate>& candidates) {
  int most = 0;
  for (const PenaltyCandidate& one : candidates)
    if (has_switches(one)) most = std::max(most, one.regime_count);
  const PenaltyCandidate* nearest = nullptr;
  for (const PenaltyCandidate& one : candidates) {
    if (one.regime_count < most || (most > 0 && !has_switches(one))) continue;
    if (nearest == nullptr || one.penalty * nearest->due > nearest->penalty * one.due) nearest = &one;
  }
  return *nearest;
}

std::string describe(const PenaltyChoice& choice, std::int64_t rows) {
  const PenaltyCandidate& last = choice.candidates.back();
  if (!has_switches(last)) {
    const PenaltyCandidate& nearest = nearest_to_due(choice.candidates);
    if (!has_switches(nearest)) return "nothing ever switches, whatever a switch costs";
    if (choice.penalty == last.penalty)
      return fmt::format(
          "a switch costs {:.4g}: with every smaller penalty tried, switches cost less than they are "
          "worth, and at this one nothing switches any more",
          choice.penalty);
    return fmt::format(
        "a switch costs {:.4g}: no penalty reached what its switches are worth, and this one came "
        "nearest ({:.0f}% of it); rows that change as slowly as these leave it open",
        choice.penalty, 100 * nearest.penalty / nearest.due);
  }
  return fmt::format(
      "a switch costs {:.4g}, as {:.3g} expected ones in {} rows at a temperature of {:.3g} are worth; with "
      "every "
      "smaller penalty tried they cost less than they are worth",
      choice.penalty, last.expected_switches, rows, last.temperature);
}

// `goes_on`: each fit after the first begins where the one before it ended, instead of from new starts.
PenaltyChoice try_penalties(const RegimeRows& rows, JumpOptions options, const Rng& rng, ThreadPool& pool,
                            bool goes_on) {
  PenaltyChoice choice;
  double penalty = first_penalty(rows, options.loss), tried_before = 0;
  std::optional<JumpEmission> ended;
  for (int i = 0; i < kMostCandidates; ++i) {
    options.penalty = penalty;
    const JumpFit fit =
        ended ? refine_jump_model(rows, options, *ended) : fit_jump_model(rows, options, rng, pool);
    if (goes_on) ended = fit.model.emission();
    choice.candidates.push_back(judge(fit, options));
    const PenaltyCandidate& candidate = choice.candidates.back();
    choice.penalty = penalty;
    if (!has_switches(candidate)) {
      if (options.loss == JumpLoss::kSquared) choice.penalty = nearest_to_due(choice.candidates).penalty;
      break;
    }
    if (penalty >= candidate.due) {
      choice.penalty = std::max(candidate.due, tried_before);
      break;
    }
    tried_before = penalty;
    penalty *= kStep;
  }
  choice.reason = describe(choice, rows.values.rows());
  return choice;
}

}  // namespace

PenaltyChoice choose_penalty(const RegimeRows& rows, JumpOptions options, const Rng& rng, ThreadPool& pool) {
  options.penalty = 0;
  require_usable(rows, options);
  options.starts = std::min(options.starts, kMostStarts);
  if (rows.values.rows() <= options.most_start_rows) return try_penalties(rows, options, rng, pool, false);
  return try_penalties(SpreadStretches(rows, options.most_start_rows).rows(), options, rng, pool, true);
}

}  // namespace regimetry::regimes
