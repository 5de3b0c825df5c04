#include "regimes/model/fit_method.hpp"

#include <utility>

#include "regimes/hidden_markov/hidden_markov.hpp"
#include "regimes/jump/choose_penalty.hpp"
#include "regimes/jump/jump_model.hpp"
#include "regimes/kmeans/kmeans.hpp"
#include "regimes/model/persistent_spectral.hpp"
#include "regimes/spectral/spectral.hpp"

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
  JumpOptions jump{.regime_count = regime_count, .starts = options.starts};
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
      fit_hidden_markov(rows, {.regime_count = regime_count, .starts = options.starts}, rng, pool);
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
  JumpOptions jump{.regime_count = static_cast<int>(regime_count), .starts = options.starts};
  jump.penalty = settle_penalty(placed, jump, options.settled_persistence(), rng, pool, result.evidence);
  JumpFit fitted = fit_jump_model(placed, jump, rng, pool);
  result.fit = std::move(fitted.fit);
  result.fit.notes.insert(result.fit.notes.end(), spectral.fit.notes.begin(), spectral.fit.notes.end());
  result.method =
      std::make_shared<PersistentSpectralRegimes>(std::move(spectral.regimes), std::move(fitted.model));
  result.penalty = jump.penalty;
  return result;
}

MethodFit fit_graph(const RegimeRows& rows, const RegimeOptions& options, int regime_count, const Rng& rng,
                    ThreadPool& pool) {
  const SpectralCoordinates coordinates = compute_spectral_coordinates(
      rows, {.neighbor_count = options.neighbor_count, .component_count = regime_count}, rng, pool);
  SpectralFit fitted = fit_spectral(
      rows, coordinates,
      {.regime_count = regime_count, .neighbor_count = options.neighbor_count, .starts = options.starts}, rng,
      pool);
  if (options.settled_persistence().kind != Persistence::Kind::kOff)
    return fit_persistent_spectral(rows, options, std::move(fitted), coordinates, rng, pool);
  MethodFit result;
  result.fit = std::move(fitted.fit);
  result.method = std::make_shared<SpectralRegimes>(std::move(fitted.regimes));
  return result;
}

}  // namespace

MethodFit fit_method(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng, ThreadPool& pool) {
  const int regime_count = options.regime_count.value_or(4);
  if (options.method == RegimeMethod::kSpectral) return fit_graph(rows, options, regime_count, rng, pool);
  if (options.method == RegimeMethod::kHiddenMarkov) return fit_chain(rows, options, regime_count, rng, pool);
  if (options.method == RegimeMethod::kKMeans) return fit_centers(rows, options, regime_count, rng, pool);
  return fit_jump(rows, options, regime_count, rng, pool);
}

}  // namespace regimetry::regimes
