// Spectral clustering: regimes are groups of rows that many short steps through the neighbour graph join.
//
// Steps:  neighbour graph -> eigenvectors of its Laplacian -> k-means (or pivoted QR) on them -> landmarks
// for
//         new rows. With equal settings the labels are those of scikit-learn's
//         SpectralClustering(affinity="nearest_neighbors") where the rows have clear groups.
// Units:  rows must come scaled; no scaling happens here.
// Time:   descriptive: labels depend on all rows. SpectralRegimes names new rows without them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"
#include "regimes/spectral/cluster_coordinates.hpp"
#include "regimes/spectral/spectral_coordinates.hpp"
#include "regimes/spectral/spectral_regimes.hpp"

namespace regimetry::regimes {

struct SpectralOptions {
  int regime_count = 4;              // K
  std::int64_t neighbor_count = 10;  // of each row in the graph, itself counted
  CoordinateAssignment assignment = CoordinateAssignment::kKMeans;
  int starts = 10;  // of k-means; ignored by pivoted QR
  // Training rows kept to place new ones among. More follow finer shapes and cost time per new row.
  std::int64_t most_landmarks = 2048;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct SpectralFit {
  RegimeFit fit;
  SpectralRegimes regimes;
};

// Throws Error: kUsage for options with problems, kData for values that are not finite, fewer rows than
// neighbours and fewer distinct rows than regimes.
[[nodiscard]] SpectralFit fit_spectral(const RegimeRows& rows, const SpectralOptions& options, const Rng& rng,
                                       ThreadPool& pool);
// The same from coordinates of the same rows that were computed before (of at least K columns): for several K
// in turn, or when K is chosen from them. Only the first K columns are read, and those of the landmarks kept.
[[nodiscard]] SpectralFit fit_spectral(const RegimeRows& rows, const SpectralCoordinates& coordinates,
                                       const SpectralOptions& options, const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
