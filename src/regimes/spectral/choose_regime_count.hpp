// How many regimes? Evidence for each number, from one computation of spectral coordinates, and a choice.
//
// Evidence, each about 0 to 1, more is clearer:
//   eigengap    1 - lambda_K / lambda_(K+1), eigenvalues of the Laplacian: how much harder the graph is to
//   cut
//               once more. A ratio, because on a chain the plain difference grows with K whatever the data.
//   silhouette  of the K clusters in the coordinates for K (silhouette.hpp).
//   stability   mean agreement (adjusted Rand index) of the clusters with those whose centres come from parts
//               of the rows: stretches drawn at random, about 60 % of all. The eigenvectors stay as they are,
//               so it says whether the clusters hang on a few stretches, not whether the graph does.
// Choice: the K with the largest mean of the three, the smaller of equals.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regimes/spectral/spectral_coordinates.hpp"

namespace regimetry::regimes {

struct RegimeCountOptions {
  int fewest = 2, most = 12;            // that are tried
  int parts = 8;                        // of the rows, for stability. More make it less a matter of chance
  std::int64_t silhouette_rows = 1000;  // that the silhouette reads, at most
  int starts = 10;                      // of k-means

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct RegimeCountEvidence {
  int regime_count = 0;
  double eigengap = 0, silhouette = 0, stability = 0;
  double score = 0;  // their mean
};

struct RegimeCountChoice {
  int regime_count = 0;
  std::string reason;                         // in words, with the runner-up
  std::vector<RegimeCountEvidence> evidence;  // by regime_count; ends early where too few rows are distinct
};

// Tries K up to one less than there are coordinates, so compute most + 1 of them. Draws from the streams
// "spectral.stability" and those of k-means. Throws Error: kUsage for options with problems and when there
// are no more than `fewest` coordinates, kData when fewer than `fewest` rows are distinct.
[[nodiscard]] RegimeCountChoice choose_regime_count(const SpectralCoordinates& coordinates,
                                                    const RegimeCountOptions& options, const Rng& rng,
                                                    ThreadPool& pool);

}  // namespace regimetry::regimes
