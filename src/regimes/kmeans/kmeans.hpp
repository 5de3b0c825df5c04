// k-means: the K centres for which the squared distances of all rows to their nearest centre add up to least.
//
// Why here: the simplest method to compare others with, and the last step of spectral clustering.
// Shape:    rows [N, D] -> labels [N], centres [K, D]. The order and the sequences of rows play no part.
// Units:    every column counts alike, so rows must come scaled; no scaling happens here.
// Found by: Lloyd's iterations from several k-means++ starts; the best start by the objective is kept, the
//           earlier of equals. Numbers are in the order in which the best start drew its centres.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/kmeans/kmeans_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct KMeansOptions {
  int regime_count = 4;  // K
  // Independent beginnings. More find a better optimum more often, at the same price each.
  int starts = 10;
  // Of each start. Reaching it leaves usable labels and `has_converged` false.
  std::int64_t max_iterations = 300;
  // A start ends when its labels stay the same, or when its centres move less than this: the sum of their
  // squared moves over the mean variance of a column, as in scikit-learn. 0: only when labels stay the same.
  double tolerance = 1e-4;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct KMeansFit {
  // Probabilities as KMeansRegimes gives them. A cluster that lost all its rows on the way was begun anew at
  // the row farthest from its centre, so every label occurs.
  RegimeFit fit;
  KMeansRegimes regimes;
};

// Draws from the streams "kmeans.start", one per start. Throws Error: kUsage for options with problems, kData
// for values that are not finite and for fewer distinct rows than regimes.
[[nodiscard]] KMeansFit fit_kmeans(const RegimeRows& rows, const KMeansOptions& options, const Rng& rng,
                                   ThreadPool& pool);

}  // namespace regimetry::regimes
