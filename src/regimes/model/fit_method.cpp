#include "regimes/model/fit_method.hpp"

#include <utility>

#include "regimes/jump/jump_model.hpp"
#include "regimes/kmeans/kmeans.hpp"

namespace regimetry::regimes {
namespace {

MethodFit fit_jump(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng, ThreadPool& pool) {
  const Persistence persistence = options.settled_persistence();
  JumpFit fitted = fit_jump_model(
      rows, {.regime_count = *options.regime_count, .penalty = persistence.penalty, .starts = options.starts},
      rng, pool);
  return {
      std::move(fitted.fit), std::make_shared<JumpRegimes>(std::move(fitted.model)), persistence.penalty, {}};
}

}  // namespace

MethodFit fit_method(const RegimeRows& rows, const RegimeOptions& options, const Rng& rng, ThreadPool& pool) {
  if (options.method == RegimeMethod::kKMeans) {
    KMeansFit fitted =
        fit_kmeans(rows, {.regime_count = *options.regime_count, .starts = options.starts}, rng, pool);
    return {std::move(fitted.fit), std::make_shared<KMeansRegimes>(std::move(fitted.regimes)), {}, {}};
  }
  return fit_jump(rows, options, rng, pool);
}

}  // namespace regimetry::regimes
