// The group "trend" of the catalogue, and the parts that it is joined from, each in the file of its name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> trend_features();

[[nodiscard]] std::vector<FeatureEntry> moving_average_features();   // averages, distances, ratios, slopes
[[nodiscard]] std::vector<FeatureEntry> convergence_features();      // MACD and TRIX
[[nodiscard]] std::vector<FeatureEntry> channel_features();          // Bollinger, Keltner, Donchian
[[nodiscard]] std::vector<FeatureEntry> cloud_features();            // Ichimoku
[[nodiscard]] std::vector<FeatureEntry> directional_features();      // parabolic stop, ADX, Aroon, vortex
[[nodiscard]] std::vector<FeatureEntry> typical_price_features();    // CCI and VWAP
[[nodiscard]] std::vector<FeatureEntry> trend_line_features();       // regression, Hurst, efficiency
[[nodiscard]] std::vector<FeatureEntry> range_behaviour_features();  // choppiness, mass index

}  // namespace regimetry::features
