// t-SNE: a map on which near rows stay near (van der Maaten and Hinton 2008).
//
// Shows:  who is whose neighbour. Shows not: how far apart groups are, how dense or how large.
// Like:   scikit-learn's TSNE with init="pca": the same similarities, steps, gains and stopping.
// Same:   bit-identical for any thread count. Rows that are equal fall on one spot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::projection {

struct TsneOptions {
  // Effective neighbours of each row. Larger values show coarser structure and cost more. Lowered, with a
  // note, where there are too few rows: 3 * perplexity neighbours must exist.
  double perplexity = 30;
  // How much stronger attraction is at first, so that groups can find each other.
  double early_exaggeration = 12;
  // Step length. Absent: rows / early_exaggeration / 4, but at least 50.
  std::optional<double> learning_rate = std::nullopt;
  // All steps, and how many of them exaggerate.
  std::int64_t iterations = 1000, exaggerated_iterations = 250;
  // Barnes-Hut: larger values are faster and less exact. Ignored up to `most_exact_rows`.
  double angle = 0.5;
  // Up to so many rows every pair repels each other exactly.
  std::int64_t most_exact_rows = 1000;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct TsneMap {
  MatrixF coordinates;             // [N, 2], of mean 0 up to rounding
  double perplexity = 0;           // the one used
  double divergence = 0;           // Kullback-Leibler divergence from the similarities, nats
  std::int64_t iterations = 0;     // steps taken; fewer than asked for when nothing got better any more
  std::vector<std::string> notes;  // what a user should know
};

// `rows` [N, D], finite, N >= 1. Draws (stream "projection.tsne") only where the first two principal
// components leave the start open. Throws Error: kUsage for unusable options, kData for unusable rows.
[[nodiscard]] TsneMap tsne(const Eigen::Ref<const MatrixF>& rows, const TsneOptions& options, const Rng& rng,
                           ThreadPool& pool, Observer& observer);

}  // namespace regimetry::projection
