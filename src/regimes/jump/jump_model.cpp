#include "regimes/jump/jump_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/error.hpp"
#include "regimes/jump/jump_path.hpp"
#include "regimes/jump/jump_probabilities.hpp"
#include "regimes/jump/jump_start.hpp"
#include "regimes/jump/jump_temperature.hpp"

namespace regimetry::regimes {
namespace {

constexpr int kMostRegimes = 64;

struct Descent {
  JumpEmission emission;
  Eigen::ArrayXXd losses;  // [T, K] under `emission`
  std::vector<std::int32_t> labels;
  double objective = std::numeric_limits<double>::infinity();
  std::int64_t iterations = 0;
  bool has_converged = false;
};

double solve_paths(const RegimeRows& rows, const Eigen::ArrayXXd& losses, double penalty, JumpPath& path,
                   std::span<std::int32_t> labels) {
  double cost = 0;
  for (const IndexRange& sequence : rows.sequences)
    cost += path.solve(
        losses.middleRows(sequence.begin, sequence.size()), penalty,
        labels.subspan(static_cast<std::size_t>(sequence.begin), static_cast<std::size_t>(sequence.size())));
  return cost;
}

Descent descend(const RegimeRows& rows, const JumpSamples& samples, const JumpOptions& options,
                JumpEmission start) {
  Descent now;
  now.emission = std::move(start);
  now.labels.assign(static_cast<std::size_t>(samples.rows()), -1);
  std::vector<std::int32_t> labels = now.labels;
  JumpPath path;
  while (!now.has_converged && now.iterations < options.max_iterations) {
    samples.compute_losses(now.emission, now.losses);
    now.objective = solve_paths(rows, now.losses, options.penalty, path, labels);
    now.has_converged = labels == now.labels;
    std::swap(now.labels, labels);
    ++now.iterations;
    if (!now.has_converged && now.iterations < options.max_iterations)
      samples.update(now.labels, options.loss, now.emission);
  }
  return now;
}

// Regimes in the order in which they first occur; those without rows are left out.
std::vector<std::int32_t> order_of_appearance(std::span<const std::int32_t> labels, int regime_count) {
  std::vector<std::int32_t> order;
  std::vector<char> seen(static_cast<std::size_t>(regime_count), 0);
  for (const std::int32_t label : labels) {
    if (seen[static_cast<std::size_t>(label)]) continue;
    seen[static_cast<std::size_t>(label)] = 1;
    order.push_back(label);
  }
  return order;
}

void keep_regimes(std::span<const std::int32_t> order, Descent& descent) {
  std::vector<std::int32_t> number(static_cast<std::size_t>(descent.emission.regime_count()), -1);
  const std::vector<std::int32_t> kept(order.begin(), order.end());
  for (std::size_t i = 0; i < kept.size(); ++i)
    number[static_cast<std::size_t>(kept[i])] = static_cast<std::int32_t>(i);
  for (std::int32_t& label : descent.labels) label = number[static_cast<std::size_t>(label)];
  const JumpEmission& all = descent.emission;
  descent.emission = {all.centers(kept, Eigen::all), all.precisions(kept, Eigen::all), all.offsets(kept)};
  descent.losses = Eigen::ArrayXXd(descent.losses(Eigen::all, kept));
}

std::int64_t count_switches(const RegimeRows& rows, std::span<const std::int32_t> labels) {
  std::int64_t count = 0;
  for (const IndexRange& sequence : rows.sequences)
    for (std::int64_t t = sequence.begin + 1; t < sequence.end; ++t)
      count += labels[static_cast<std::size_t>(t)] != labels[static_cast<std::size_t>(t - 1)] ? 1 : 0;
  return count;
}

JumpPosterior all_posteriors(const RegimeRows& rows, const Eigen::ArrayXXd& losses, double penalty,
                             double temperature) {
  JumpPosterior all{MatrixD(losses.rows(), losses.cols()), 0};
  for (const IndexRange& sequence : rows.sequences) {
    const JumpPosterior one =
        jump_posterior(losses.middleRows(sequence.begin, sequence.size()), penalty, temperature);
    all.probabilities.middleRows(sequence.begin, sequence.size()) = one.probabilities;
    all.expected_switches += one.expected_switches;
  }
  return all;
}

double mean_gap_of(const Eigen::ArrayXXd& losses, std::span<const std::int32_t> labels) {
  if (losses.cols() < 2) return 0;
  double sum = 0;
  for (Eigen::Index t = 0; t < losses.rows(); ++t) {
    const Eigen::Index own = labels[static_cast<std::size_t>(t)];
    double next_best = std::numeric_limits<double>::infinity();
    for (Eigen::Index k = 0; k < losses.cols(); ++k)
      if (k != own) next_best = std::min(next_best, losses(t, k));
    sum += next_best - losses(t, own);
  }
  return sum / static_cast<double>(losses.rows());
}

JumpFit make_fit(const RegimeRows& rows, const JumpOptions& options, Descent descent) {
  keep_regimes(order_of_appearance(descent.labels, descent.emission.regime_count()), descent);
  const std::int64_t switches = count_switches(rows, descent.labels);
  const double temperature = jump_temperature(descent.losses, descent.labels, options.loss);
  JumpFit result{{}, {std::move(descent.emission), options.penalty, temperature}, switches, 0, 0};
  RegimeFit& fit = result.fit;
  fit.labels = std::move(descent.labels);
  JumpPosterior posterior = all_posteriors(rows, descent.losses, options.penalty, temperature);
  fit.probabilities = std::move(posterior.probabilities);
  result.mean_gap = mean_gap_of(descent.losses, fit.labels);
  result.expected_switches = posterior.expected_switches;
  fit.objective = descent.objective;
  fit.objective_meaning = options.loss == JumpLoss::kSquared
                              ? "half the squared distances plus the penalty of each switch"
                              : "Gaussian losses plus the penalty of each switch";
  fit.has_converged = descent.has_converged;
  fit.iterations = descent.iterations;
  const int lost = options.regime_count - result.model.regime_count();
  if (lost > 0)
    fit.notes.push_back(
        fmt::format("{} of the {} regimes asked for ended without rows and {} left out: with "
                    "a penalty of {:.4g} the rows pay for no more",
                    lost, options.regime_count, lost == 1 ? "was" : "were", options.penalty));
  if (!fit.has_converged)
    fit.notes.push_back(fmt::format("the path still changed after {} rounds", options.max_iterations));
  return result;
}

// Of the descents from all starts, the one that ends lowest.
Descent best_descent(const RegimeRows& rows, const JumpOptions& options, const Rng& rng, ThreadPool& pool) {
  const JumpSamples samples(rows.values);
  std::vector<Descent> descents(static_cast<std::size_t>(options.starts));
  pool.parallel_for(options.starts, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      RngStream stream = rng.stream("regimes.jump", static_cast<std::uint64_t>(i));
      Descent& best = descents[static_cast<std::size_t>(i)];
      for (JumpEmission& start :
           draw_jump_starts(rows.values, samples, options.regime_count, options.loss, stream)) {
        Descent one = descend(rows, samples, options, std::move(start));
        if (one.objective < best.objective) best = std::move(one);
      }
    }
  });
  // The first of the best, so that the answer does not depend on which start ended first.
  return std::move(
      *std::min_element(descents.begin(), descents.end(),
                        [](const Descent& a, const Descent& b) { return a.objective < b.objective; }));
}

}  // namespace

std::vector<std::string> JumpOptions::problems() const {
  std::vector<std::string> list;
  if (regime_count < 1 || regime_count > kMostRegimes)
    list.push_back(fmt::format("n_clusters is {}; it must be 1 to {}", regime_count, kMostRegimes));
  if (!(penalty >= 0)) list.push_back(fmt::format("penalty is {}; it must be at least 0", penalty));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  if (most_start_rows < 1)
    list.push_back(fmt::format("most_start_rows is {}; it must be at least 1", most_start_rows));
  if (max_iterations < 1)
    list.push_back(fmt::format("max_iterations is {}; it must be at least 1", max_iterations));
  return list;
}

void require_usable(const RegimeRows& rows, const JumpOptions& options) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty()) throw Error(ErrorKind::kUsage, fmt::format("{}", fmt::join(problems, "; ")));
  if (rows.values.rows() == 0 || rows.values.cols() == 0)
    throw Error(ErrorKind::kData,
                "a jump model needs at least one row with at least one value; there is none");
  if (!rows.values.allFinite())
    throw Error(ErrorKind::kData,
                "the rows for a jump model hold NaN or infinity; drop or fill such rows first");
}

JumpFit fit_jump_model(const RegimeRows& rows, const JumpOptions& options, const Rng& rng, ThreadPool& pool) {
  require_usable(rows, options);
  if (rows.values.rows() <= options.most_start_rows)
    return make_fit(rows, options, best_descent(rows, options, rng, pool));
  const SpreadStretches stretches(rows, options.most_start_rows);
  Descent best = best_descent(stretches.rows(), options, rng, pool);
  return refine_jump_model(rows, options, std::move(best.emission));
}

JumpFit refine_jump_model(const RegimeRows& rows, const JumpOptions& options, JumpEmission emission) {
  require_usable(rows, options);
  return make_fit(rows, options, descend(rows, JumpSamples(rows.values), options, std::move(emission)));
}

}  // namespace regimetry::regimes
