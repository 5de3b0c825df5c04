#include "cli/audited_features.hpp"

#include <memory>

#include "features/compute_features.hpp"

namespace regimetry::cli {

features::PanelComputation audited_features(const FeatureSettings& settings, const market::MarketData& data,
                                            ThreadPool& pool, Observer& observer) {
  const auto set = std::make_shared<const features::FeatureSet>(settings.feature_set(data, observer));
  features::ComputeOptions options = settings.compute_options();
  options.refuse_short_history = false;
  options.keep_extras = false;  // audits look at the columns of the input themselves
  return [set, options, &pool](const market::MarketData& some) {
    return features::compute_features(some, *set, options, pool, silent_observer());
  };
}

}  // namespace regimetry::cli
