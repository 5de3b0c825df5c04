// Spectral coordinates -> labels, for one number of regimes.
#pragma once

#include "regimes/kmeans/kmeans_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/spectral/spectral_coordinates.hpp"

namespace regimetry::regimes {

enum class CoordinateAssignment {
  kKMeans,     // k-means, several starts
  kPivotedQr,  // without chance; centres are the means of its groups
};

struct CoordinateClusterOptions {
  int regime_count = 4;  // K
  CoordinateAssignment assignment = CoordinateAssignment::kKMeans;
  int starts = 10;  // of k-means; no part in kPivotedQr
};

struct CoordinateClusters {
  RegimeFit fit;          // objective: squared distances of the coordinates to their centres
  KMeansRegimes centers;  // [K, K]
};

// Reads the first K columns, as many as there are regimes. kPivotedQr may find fewer than K groups; a note
// tells. Throws Error: kUsage unless 1 <= K <= C, kData for fewer distinct rows of coordinates than K.
[[nodiscard]] CoordinateClusters cluster_coordinates(const SpectralCoordinates& coordinates,
                                                     const CoordinateClusterOptions& options, const Rng& rng,
                                                     ThreadPool& pool);

}  // namespace regimetry::regimes
