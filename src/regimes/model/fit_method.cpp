#include "regimes/model/fit_method.hpp"

#include <algorithm>
#include <utility>

#include "regimes/agglomerative/agglomerative.hpp"
#include "regimes/hidden_markov/hidden_markov.hpp"
#include "regimes/jump/choose_penalty.hpp"
#include "regimes/jump/jump_model.hpp"
#include "regimes/kmeans/kmeans.hpp"
#include "regimes/mixture/gaussian_mixture.hpp"
#include "regimes/model/persistent_spectral.hpp"
#include "regimes/spectral/choose_regime_count.hpp"
#include "regimes/spectral/spectral.hpp"
#include "regimes/spread_stretches.hpp"

namespace regimetry::regimes {
namespace {

nlohmann::json to_json(const PenaltyChoice& choice) {
  nlohmann::json candidates = nlohmann::json::array();
  for (const PenaltyCandidate& one : choice.candidates)
    candidates.push_back({{"penalty", one.penalty},
                          {"due", one.due},
                          {"temperature", one.temperature},
                          {"expected_switches", one.expected_switches},
                          {"regimes", one.regime_count},
                          {"objective", one.objective}});
  return {{"penalty", choice.penalty}, {"reason", choice.reason}, {"candidates", std::move(candidates)}};
}

// What a jump model pays for a switch; a choice goes into `evidence`.
double settle_penalty(const RegimeRows& rows, const JumpOptions& options, const Persistence& persistence,
                      const Rng& rng, ThreadPool& pool, nlohmann::json& evidence) {
  if (persistence.kind != Persistence::Kind::kAuto) return persistence.penalty;
  const PenaltyChoice choice = choose_penalty(rows, options, rng, pool);
  evidence["persistence"] = to_json(choice);
  return choice.penalty;
}

MethodFit fit_jump(const RegimeRows& rows, const RegimeOptions& options, int regime_count, const Rng& rng,
                   ThreadPool& pool) {
  MethodFit result;
  JumpOptions jump{.regime_count = regime_count, .loss = options.loss, .starts = options.starts};
  jump.penalty = settle_penalty(rows, jump, options.settled_persistence(), rng, pool, result.evidence);
  JumpFit fitted = fit_jump_model(rows, jump, rng, pool);
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<JumpRegimes>(std::move(fitted.model));
  result.penalty = jump.penalty;
  return result;
}

MethodFit fit_centers(const RegimeRows& rows, const RegimeOptions& options, int regime_count, const Rng& rng,
                      ThreadPool& pool) {
  KMeansFit fitted = fit_kmeans(rows, {.regime_count = regime_count, .starts = options.starts}, rng, pool);
  MethodFit result;
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<KMeansRegimes>(std::move(fitted.regimes));
  return result;
}

MethodFit fit_chain(const RegimeRows& rows, const RegimeOptions& options, int regime_count, const Rng& rng,
                    ThreadPool& pool) {
  HiddenMarkovFit fitted =
      fit_hidden_markov(rows,
                        {.regime_count = regime_count,
                         .student_dof = options.has_student_noise ? StudentDof::kShared : StudentDof::kNone,
                         .starts = options.starts},
                        rng, pool);
  MethodFit result;
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<HiddenMarkovRegimes>(std::move(fitted.model));
  return result;
}

// Spectral coordinates of the rows, on which a jump model then finds the regimes.
MethodFit fit_persistent_spectral(const RegimeRows& rows, const RegimeOptions& options, SpectralFit spectral,
                                  const SpectralCoordinates& coordinates, const Rng& rng, ThreadPool& pool) {
  const auto regime_count = spectral.regimes.component_count();
  const MatrixF values = coordinates.values.leftCols(regime_count);
  const RegimeRows placed{values, rows.sequences};
  MethodFit result;
  JumpOptions jump{
      .regime_count = static_cast<int>(regime_count), .loss = JumpLoss::kSquared, .starts = options.starts};
  jump.penalty = settle_penalty(placed, jump, options.settled_persistence(), rng, pool, result.evidence);
  JumpFit fitted = fit_jump_model(placed, jump, rng, pool);
  result.fit = std::move(fitted.fit);
  result.fit.notes.insert(result.fit.notes.end(), spectral.fit.notes.begin(), spectral.fit.notes.end());
  result.method =
      std::make_shared<PersistentSpectralRegimes>(std::move(spectral.regimes), std::move(fitted.model));
  result.penalty = jump.penalty;
  return result;
}

MethodFit fit_graph(const RegimeRows& rows, const RegimeOptions& options, int regime_count,
                    const SpectralCoordinates& coordinates, const Rng& rng, ThreadPool& pool) {
  SpectralFit fitted = fit_spectral(rows, coordinates,
                                    {.regime_count = regime_count,
                                     .neighbor_count = options.neighbor_count,
                                     .assignment = options.assignment,
                                     .starts = options.starts},
                                    rng, pool);
  if (options.settled_persistence().kind != Persistence::Kind::kOff)
    return fit_persistent_spectral(rows, options, std::move(fitted), coordinates, rng, pool);
  MethodFit result;
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<SpectralRegimes>(std::move(fitted.regimes));
  return result;
}

MethodFit fit_components(const RegimeRows& rows, const RegimeOptions& options, int regime_count,
                         const Rng& rng, ThreadPool& pool) {
  GaussianMixtureFit fitted =
      fit_gaussian_mixture(rows, {.regime_count = regime_count, .starts = options.starts}, rng, pool);
  MethodFit result;
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<GaussianMixtureRegimes>(std::move(fitted.model));
  return result;
}

MethodFit fit_hierarchy(const RegimeRows& rows, int regime_count) {
  AgglomerativeFit fitted = fit_agglomerative(rows, {.regime_count = regime_count});
  MethodFit result;
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<AgglomerativeRegimes>(std::move(fitted.model));
  return result;
}

nlohmann::json to_json(const RegimeCountChoice& choice) {
  nlohmann::json evidence = nlohmann::json::array();
  for (const RegimeCountEvidence& one : choice.evidence)
    evidence.push_back({{"n_clusters", one.regime_count},
                        {"eigengap", one.eigengap},
                        {"silhouette", one.silhouette},
                        {"stability", one.stability},
                        {"score", one.score}});
  return {{"n_clusters", choice.regime_count}, {"reason", choice.reason}, {"evidence", std::move(evidence)}};
}

// Evidence for a dozen numbers of regimes, over parts of the rows: ten starts each would take most of the
// time of a fit, and groups of spectral coordinates are found from few.
constexpr int kMostStartsOfChoice = 3;

// One decomposition of the graph serves the choice of K and the clusters for it.
struct GraphPart {
  std::optional<SpectralCoordinates> coordinates;  // absent: the method needs none, and K was given
  int regime_count = 0;
  nlohmann::json evidence = nlohmann::json::object();
};

GraphPart settle_regime_count(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng,
                              ThreadPool& pool) {
  GraphPart part;
  part.regime_count = options.regime_count.value_or(0);
  if (options.method != RegimeMethod::kSpectral) {
    if (options.regime_count) return part;
    if (rows.values.rows() > kMostChoiceRows) {
      // Its coordinates would be of no use to the method.
      const SpreadStretches stretches(rows, kMostChoiceRows);
      GraphPart of_stretches = settle_regime_count(stretches.rows(), options, rng, pool);
      of_stretches.coordinates.reset();
      return of_stretches;
    }
  }
  // One more than K tells how clearly K are set apart; there are no more coordinates than rows.
  const std::int64_t wanted = options.regime_count ? *options.regime_count : options.most_regimes + 1;
  const std::int64_t possible =
      options.regime_count ? wanted : std::min<std::int64_t>(wanted, rows.values.rows());
  part.coordinates = compute_spectral_coordinates(
      rows, {.neighbor_count = options.neighbor_count, .component_count = possible}, rng, pool);
  if (options.regime_count) return part;
  const RegimeCountChoice choice = choose_regime_count(
      *part.coordinates,
      {.most = options.most_regimes, .starts = std::min(options.starts, kMostStartsOfChoice)}, rng, pool);
  part.regime_count = choice.regime_count;
  part.evidence["regime_count"] = to_json(choice);
  return part;
}

MethodFit fit_with(const RegimeRows& rows, const RegimeOptions& options, const GraphPart& graph,
                   const Rng& rng, ThreadPool& pool) {
  switch (options.method) {
    case RegimeMethod::kSpectral:
      return fit_graph(rows, options, graph.regime_count, *graph.coordinates, rng, pool);
    case RegimeMethod::kKMeans:
      return fit_centers(rows, options, graph.regime_count, rng, pool);
    case RegimeMethod::kMixture:
      return fit_components(rows, options, graph.regime_count, rng, pool);
    case RegimeMethod::kHiddenMarkov:
      return fit_chain(rows, options, graph.regime_count, rng, pool);
    case RegimeMethod::kAgglomerative:
      return fit_hierarchy(rows, graph.regime_count);
    case RegimeMethod::kJump:
      break;
  }
  return fit_jump(rows, options, graph.regime_count, rng, pool);
}

}  // namespace

MethodFit fit_method(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng, ThreadPool& pool) {
  const GraphPart graph = settle_regime_count(rows, options, rng, pool);
  MethodFit result = fit_with(rows, options, graph, rng, pool);
  result.evidence.update(graph.evidence);
  return result;
}

}  // namespace regimetry::regimes
