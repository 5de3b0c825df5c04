#include "regimes/jump/continuous_jump_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "regimes/jump/jump_model.hpp"
#include "regimes/jump/jump_probabilities.hpp"
#include "regimes/jump/simplex_grid.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kStartShare = 0.1;   // a gradual change costs far less than one at once
constexpr int kMostGridPoints = 100;  // a round costs their square

// [G, G]: what it costs to move from one mixture to another.
MatrixD move_costs(const MatrixD& grid, double penalty) {
  MatrixD costs(grid.rows(), grid.rows());
  for (Eigen::Index i = 0; i < grid.rows(); ++i)
    for (Eigen::Index j = 0; j < grid.rows(); ++j) {
      const double apart = (grid.row(i) - grid.row(j)).cwiseAbs().sum();
      costs(i, j) = penalty / 4 * apart * apart;
    }
  return costs;
}

// next[j] = min_i now[i] + costs(i, j). No point is dearer than the cheapest by more than the dearest move,
// so points that are cannot be on the way and are passed over.
void move(const double* now, const MatrixD& costs, double dearest_move, double* next) {
  const Eigen::Index count = costs.rows();
  const double limit = *std::min_element(now, now + count) + dearest_move;
  std::fill(next, next + count, std::numeric_limits<double>::infinity());
  for (Eigen::Index i = 0; i < count; ++i) {
    if (now[i] > limit) continue;
    const double value = now[i];
    const double* row = costs.row(i).data();
    for (Eigen::Index j = 0; j < count; ++j) next[j] = std::min(next[j], value + row[j]);
  }
}

// The best path over grid points for grid_losses [T, G], written to points [T]; returns its cost.
double solve_path(const Eigen::Ref<const MatrixD>& grid_losses, const MatrixD& costs,
                  std::span<std::int32_t> points) {
  const Eigen::Index rows = grid_losses.rows(), count = costs.rows();
  if (rows == 0) return 0;
  const double dearest_move = costs.maxCoeff();
  MatrixD values(rows, count);
  values.row(0) = grid_losses.row(0);
  for (Eigen::Index t = 1; t < rows; ++t) {
    move(values.row(t - 1).data(), costs, dearest_move, values.row(t).data());
    values.row(t) += grid_losses.row(t);
  }
  Eigen::Index point = 0;
  const double cost = values.row(rows - 1).minCoeff(&point);
  points[static_cast<std::size_t>(rows - 1)] = static_cast<std::int32_t>(point);
  for (Eigen::Index t = rows - 1; t-- > 0;) {
    // Moves cost the same in both directions, so the row of the matrix serves as its column.
    (values.row(t) + costs.row(point)).minCoeff(&point);
    points[static_cast<std::size_t>(t)] = static_cast<std::int32_t>(point);
  }
  return cost;
}

struct Descent {
  JumpEmission emission;
  MatrixD weights;  // [T, K]
  double objective = std::numeric_limits<double>::infinity();
  std::int64_t iterations = 0;
  bool has_converged = false;
};

Descent descend(const RegimeRows& rows, const ContinuousJumpOptions& options, JumpEmission start) {
  const JumpSamples samples(rows.values);
  const int regimes = start.regime_count();
  const MatrixD grid = simplex_grid(regimes, simplex_steps(regimes, kMostGridPoints));
  const MatrixD costs = move_costs(grid, options.penalty);
  Descent now;
  now.emission = std::move(start);
  now.weights = MatrixD::Zero(samples.rows(), regimes);
  std::vector<std::int32_t> points(static_cast<std::size_t>(samples.rows()), -1), before;
  Eigen::ArrayXXd losses;
  while (!now.has_converged && now.iterations < options.max_iterations) {
    before = points;
    samples.compute_losses(now.emission, losses);
    const MatrixD grid_losses = losses.matrix() * grid.transpose();
    now.objective = 0;
    for (const IndexRange& sequence : rows.sequences)
      now.objective += solve_path(grid_losses.middleRows(sequence.begin, sequence.size()), costs,
                                  std::span(points).subspan(static_cast<std::size_t>(sequence.begin),
                                                            static_cast<std::size_t>(sequence.size())));
    now.has_converged = points == before;
    ++now.iterations;
    if (now.has_converged || now.iterations == options.max_iterations) break;
    now.weights = grid(points, Eigen::all);
    samples.update(now.weights, options.loss, now.emission);
  }
  now.weights = grid(points, Eigen::all);
  return now;
}

Descent best_descent(const RegimeRows& rows, const ContinuousJumpOptions& options, const Rng& rng,
                     ThreadPool& pool) {
  std::vector<Descent> descents(static_cast<std::size_t>(options.starts));
  pool.parallel_for(options.starts, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      JumpOptions discrete;
      discrete.regime_count = options.regime_count;
      discrete.penalty = options.penalty * std::pow(kStartShare, static_cast<double>(i));
      discrete.loss = options.loss;
      const JumpFit start = fit_jump_model(rows, discrete, rng, pool);
      descents[static_cast<std::size_t>(i)] = descend(rows, options, start.model.emission());
    }
  });
  return std::move(
      *std::min_element(descents.begin(), descents.end(),
                        [](const Descent& a, const Descent& b) { return a.objective < b.objective; }));
}

// Regimes that are the largest weight of no row are left out, their weight shared by the others in
// proportion.
void keep_labelled(ContinuousJumpFit& result) {
  std::vector<std::int32_t> kept;
  for (std::int32_t label = 0; label < result.emission.regime_count(); ++label)
    if (std::find(result.fit.labels.begin(), result.fit.labels.end(), label) != result.fit.labels.end())
      kept.push_back(label);
  for (std::int32_t& label : result.fit.labels)
    label = static_cast<std::int32_t>(std::find(kept.begin(), kept.end(), label) - kept.begin());
  const JumpEmission all = result.emission;
  result.emission = {all.centers(kept, Eigen::all), all.precisions(kept, Eigen::all), all.offsets(kept)};
  MatrixD weights = result.fit.probabilities(Eigen::all, kept);
  for (Eigen::Index t = 0; t < weights.rows(); ++t) weights.row(t) /= weights.row(t).sum();
  result.fit.probabilities = std::move(weights);
}

}  // namespace

double continuous_penalty(double penalty, double gap) {
  return gap > 0 ? std::max(penalty, penalty * penalty / gap) : penalty;
}

std::vector<std::string> ContinuousJumpOptions::problems() const {
  std::vector<std::string> list;
  if (regime_count < 2 || regime_count > 4)
    list.push_back(fmt::format("n_clusters is {}; a continuous jump model takes 2 to 4", regime_count));
  if (!(penalty >= 0) || penalty > std::numeric_limits<double>::max())
    list.push_back(fmt::format("penalty is {}; it must be finite and at least 0", penalty));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  if (max_iterations < 1)
    list.push_back(fmt::format("max_iterations is {}; it must be at least 1", max_iterations));
  return list;
}

ContinuousJumpFit fit_continuous_jump_model(const RegimeRows& rows, const ContinuousJumpOptions& options,
                                            const Rng& rng, ThreadPool& pool) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty()) throw Error(ErrorKind::kUsage, fmt::format("{}", fmt::join(problems, "; ")));
  Descent best = best_descent(rows, options, rng, pool);
  ContinuousJumpFit result;
  result.emission = std::move(best.emission);
  result.fit.labels = likeliest_regimes(best.weights);
  result.fit.probabilities = std::move(best.weights);
  result.fit.objective = best.objective;
  result.fit.objective_meaning = "losses by weight plus the cost of moving the weights";
  result.fit.has_converged = best.has_converged;
  result.fit.iterations = best.iterations;
  keep_labelled(result);
  const int lost = options.regime_count - result.emission.regime_count();
  if (lost > 0)
    result.fit.notes.push_back(fmt::format("{} of the {} regimes asked for lead in no row and {} left out",
                                           lost, options.regime_count, lost == 1 ? "was" : "were"));
  if (!result.fit.has_converged)
    result.fit.notes.push_back(fmt::format("the path still changed after {} rounds", options.max_iterations));
  return result;
}

}  // namespace regimetry::regimes
