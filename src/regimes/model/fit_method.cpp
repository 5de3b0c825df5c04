#include "regimes/model/fit_method.hpp"

#include <utility>

#include "regimes/jump/choose_penalty.hpp"
#include "regimes/jump/jump_model.hpp"
#include "regimes/kmeans/kmeans.hpp"

namespace regimetry::regimes {
namespace {

nlohmann::json to_json(const PenaltyChoice& choice) {
  nlohmann::json candidates = nlohmann::json::array();
  for (const PenaltyCandidate& one : choice.candidates)
    candidates.push_back({{"penalty", one.penalty},
                          {"due", one.due},
                          {"temperature", one.temperature},
                          {"switches", one.switch_count},
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

}  // namespace

MethodFit fit_method(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng, ThreadPool& pool) {
  const int regime_count = options.regime_count.value_or(4);
  if (options.method == RegimeMethod::kKMeans) return fit_centers(rows, options, regime_count, rng, pool);
  return fit_jump(rows, options, regime_count, rng, pool);
}

}  // namespace regimetry::regimes
