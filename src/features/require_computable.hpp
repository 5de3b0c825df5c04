// What must hold before features can be computed from data, and what the user should know beforehand.
#pragma once

#include "core/observer.hpp"
#include "features/compute_features.hpp"

namespace regimetry::features {

// Throws Error (kData) naming features, instruments and the remedy: a column that a feature needs is missing
// or empty, a comparison within sectors without sectors, histories too short, a memory that does not fit.
// Warns of what only weakens the result.
void require_computable(const market::MarketData& data, const FeatureSet& set, const ComputeOptions& options,
                        Observer& observer);

}  // namespace regimetry::features
