#include "regimes/hidden_markov/hidden_markov.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "core/portable_math.hpp"
#include "regimes/hidden_markov/emission.hpp"
#include "regimes/hidden_markov/forward_backward.hpp"
#include "regimes/hidden_markov/viterbi.hpp"
#include "regimes/mixture/degenerate_component.hpp"
#include "regimes/mixture/order_of_appearance.hpp"
#include "regimes/mixture/require_distinct_rows.hpp"
#include "regimes/mixture/start_labels.hpp"
#include "regimes/require_finite.hpp"

namespace regimetry::regimes {
namespace {

// Short stretches find short regimes, long ones tell means of noisy rows apart; starts take them in turn.
constexpr std::array<std::int64_t, 4> kStretchLengths = {20, 50, 10, 100};

// Every start is tried for this many iterations, after which the order of their posteriors seldom changes;
// only the best are followed to their maximum.
constexpr std::int64_t kTrialIterations = 25, kFinalists = 4;

// One fit: the rows in the layouts its steps read, and what stays the same in all starts.
struct Task {
  const RegimeRows& rows;
  const HiddenMarkovOptions& options;
  RowColumns columns;
  RowBlocks blocks;
  CovarianceShape shape;
  HiddenMarkovPrior prior;
};

HiddenMarkovPrior make_prior(const RowColumns& columns, CovarianceShape shape,
                             const HiddenMarkovOptions& options) {
  const double others = std::max(options.regime_count - 1, 1);
  const double leaves = options.prior_transition_rows / options.prior_stay_rows;
  return {make_spread_prior(columns, shape, options.regime_count, options.prior_spread_rows), 1,
          options.prior_transition_rows - leaves, leaves / others};
}

Task make_task(const RegimeRows& rows, const HiddenMarkovOptions& options) {
  RowColumns columns(rows.values);
  const CovarianceShape shape =
      resolve_shape(options.covariance, rows.values.rows(), rows.values.cols(), options.regime_count);
  HiddenMarkovPrior prior = make_prior(columns, shape, options);
  return {rows, options, std::move(columns), RowBlocks(rows.values), shape, std::move(prior)};
}

std::vector<std::int32_t> draw_start(const Task& task, int start, RngStream stream) {
  const int count = task.options.regime_count;
  if (start % 3 == 2) return labels_from_rows(task.rows.values, task.blocks, count, stream);
  const auto turn = static_cast<std::size_t>(start - start / 3) % kStretchLengths.size();
  // Enough stretches to choose from, however few rows there are.
  const std::int64_t longest = std::max<std::int64_t>(task.rows.values.rows() / (4 * count), 1);
  return labels_from_stretches(task.rows, std::min(kStretchLengths[turn], longest), count, stream);
}

BaumWelchLimits limits_of(const HiddenMarkovOptions& options, std::int64_t max_iterations) {
  return {options.student_dof, max_iterations, options.tolerance};
}

BaumWelchResult run_start(const Task& task, int start, const Rng& rng) {
  const HiddenMarkovOptions& options = task.options;
  const std::vector<std::int32_t> labels =
      draw_start(task, start, rng.stream("hidden_markov.start", static_cast<std::uint64_t>(start)));
  HiddenMarkovLaw law = law_of_labels(task.columns, task.rows.sequences, task.prior, task.shape,
                                      options.student_dof, options.regime_count, labels);
  return run_baum_welch(task.columns, task.rows.sequences, task.prior,
                        limits_of(options, std::min(options.max_iterations, kTrialIterations)),
                        std::move(law));
}

// Goes on from where the trial of a start ended.
BaumWelchResult finish_start(const Task& task, BaumWelchResult trial) {
  const std::int64_t left = task.options.max_iterations - trial.iterations;
  if (trial.has_converged || left == 0) return trial;
  BaumWelchResult result = run_baum_welch(task.columns, task.rows.sequences, task.prior,
                                          limits_of(task.options, left), std::move(trial.law));
  result.iterations += trial.iterations;
  return result;
}

// All starts after their trial, the best of them finished.
std::vector<BaumWelchResult> run_starts(const Task& task, const Rng& rng, ThreadPool& pool) {
  std::vector<BaumWelchResult> results(static_cast<std::size_t>(task.options.starts));
  pool.parallel_for(task.options.starts, 1, [&](IndexRange range) {
    for (std::int64_t start = range.begin; start < range.end; ++start)
      results[static_cast<std::size_t>(start)] = run_start(task, static_cast<int>(start), rng);
  });
  std::stable_sort(results.begin(), results.end(), [](const BaumWelchResult& a, const BaumWelchResult& b) {
    return a.log_posterior > b.log_posterior;
  });
  const std::int64_t finalists = std::min<std::int64_t>(task.options.starts, kFinalists);
  pool.parallel_for(finalists, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      BaumWelchResult& result = results[static_cast<std::size_t>(i)];
      result = finish_start(task, std::move(result));
    }
  });
  return results;
}

struct Choice {
  BaumWelchResult result;
  std::string flaw;  // of a result without any sound one beside it; empty as a rule
};

Choice choose(const Task& task, std::vector<BaumWelchResult> results) {
  std::vector<std::string> flaws;
  for (const BaumWelchResult& result : results)
    flaws.push_back(
        describe_degenerate(task.columns, task.prior.spread, result.law.components, result.owned));
  const auto is_better = [&](std::size_t a, std::size_t b) {
    if (flaws[a].empty() != flaws[b].empty()) return flaws[a].empty();
    return results[a].log_posterior > results[b].log_posterior;
  };
  std::size_t best = 0;
  for (std::size_t start = 1; start < results.size(); ++start) {
    if (is_better(start, best)) best = start;
  }
  // A sound start can have been left at its trial where all finished ones have a flaw.
  return {finish_start(task, std::move(results[best])), std::move(flaws[best])};
}

// Labels of the most likely path, with `law` reduced to the regimes it visits, in their order.
std::vector<std::int32_t> label_rows(const Task& task, HiddenMarkovLaw& law) {
  while (true) {
    std::vector<std::int32_t> labels =
        most_likely_path(law, Emission(law).log_densities(task.columns), task.rows.sequences);
    const std::vector<int> order = order_of_appearance(labels);
    const bool is_in_order = std::is_sorted(order.begin(), order.end());
    if (is_in_order && static_cast<int>(order.size()) == law.regime_count()) return labels;
    law = law.selected(order);
  }
}

MatrixD rows_summing_to_one(std::span<const double> values, std::int64_t row_count, int regime_count) {
  MatrixD matrix = Eigen::Map<const MatrixD>(values.data(), row_count, regime_count);
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    double sum = 0;
    for (Eigen::Index k = 0; k < matrix.cols(); ++k) sum += matrix(row, k);
    for (Eigen::Index k = 0; k < matrix.cols(); ++k) matrix(row, k) /= sum;
  }
  return matrix;
}

std::int64_t count_parameters(const HiddenMarkovLaw& law, StudentDof student_dof) {
  const std::int64_t count = law.regime_count();
  const std::int64_t dof = student_dof == StudentDof::kNone     ? 0
                           : student_dof == StudentDof::kShared ? 1
                                                                : count;
  return (count - 1) + count * (count - 1) + law.components.parameter_count() + dof;
}

// The answer for `law`, whose regimes all occur in `labels`.
HiddenMarkovFit describe(const Task& task, HiddenMarkovLaw law, std::vector<std::int32_t> labels) {
  const std::int64_t row_count = task.columns.row_count();
  const Emission emission(law);
  EmissionTable table;
  emission.fill(task.columns, table);
  ForwardBackward chain(task.rows.sequences, law.regime_count());
  const double log_likelihood = chain.forward(law, table.relative) + table.log_greatest;
  chain.backward(law, table.relative);
  RegimeFit fit;
  fit.labels = std::move(labels);
  fit.probabilities = rows_summing_to_one(chain.smoothed(), row_count, law.regime_count());
  fit.objective =
      -(log_likelihood + task.prior.log_density(law, emission.density())) / static_cast<double>(row_count);
  fit.objective_meaning = "negative log posterior per row";
  const std::int64_t parameters = count_parameters(law, task.options.student_dof);
  return {std::move(fit), HiddenMarkovRegimes(std::move(law)), log_likelihood, row_count, parameters};
}

void add_notes(const HiddenMarkovOptions& options, const Choice& choice, HiddenMarkovFit& result) {
  std::vector<std::string>& notes = result.fit.notes;
  if (!choice.flaw.empty())
    notes.push_back(fmt::format("in every start, {}; fewer regimes may suit these rows", choice.flaw));
  if (!result.fit.has_converged)
    notes.push_back(fmt::format("the posterior still grew after {} iterations", result.fit.iterations));
  if (result.model.regime_count() < options.regime_count)
    notes.push_back(fmt::format("{} of {} regimes are on no row of the most likely path and were left out",
                                options.regime_count - result.model.regime_count(), options.regime_count));
}

}  // namespace

std::vector<std::string> HiddenMarkovOptions::problems() const {
  std::vector<std::string> list;
  if (regime_count < 1 || regime_count > kMostHiddenRegimes)
    list.push_back(fmt::format("n_clusters is {}; it must be 1 to {}", regime_count, kMostHiddenRegimes));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  if (max_iterations < 1)
    list.push_back(fmt::format("max_iterations is {}; it must be at least 1", max_iterations));
  if (!(tolerance >= 0)) list.push_back(fmt::format("tolerance is {}; it must be at least 0", tolerance));
  if (!(prior_stay_rows > 1 && std::isfinite(prior_stay_rows)))
    list.push_back(fmt::format("prior_stay_rows is {}; it must be above 1", prior_stay_rows));
  if (!(prior_transition_rows > 0 && std::isfinite(prior_transition_rows)))
    list.push_back(fmt::format("prior_transition_rows is {}; it must be above 0", prior_transition_rows));
  if (prior_spread_rows && !(*prior_spread_rows > 0 && std::isfinite(*prior_spread_rows)))
    list.push_back(fmt::format("prior_spread_rows is {}; it must be above 0", *prior_spread_rows));
  return list;
}

double HiddenMarkovFit::bic() const noexcept {
  return static_cast<double>(parameter_count) * portable_log(static_cast<double>(row_count)) -
         2 * log_likelihood;
}

HiddenMarkovFit fit_hidden_markov(const RegimeRows& rows, const HiddenMarkovOptions& options, const Rng& rng,
                                  ThreadPool& pool) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("The options of the hidden Markov model: {}.", fmt::join(problems, "; ")));
  require_finite(rows.values);
  const Task task = make_task(rows, options);
  require_distinct_rows(rows.values, task.blocks, options.regime_count);
  Choice choice = choose(task, run_starts(task, rng, pool));
  HiddenMarkovLaw law = std::move(choice.result.law);
  std::vector<std::int32_t> labels = label_rows(task, law);
  HiddenMarkovFit result = describe(task, std::move(law), std::move(labels));
  result.fit.has_converged = choice.result.has_converged;
  result.fit.iterations = choice.result.iterations;
  add_notes(options, choice, result);
  return result;
}

}  // namespace regimetry::regimes
