// How near two points of a UMAP map look: 1 / (1 + a d^(2b)) at distance d.
#pragma once

namespace regimetry::projection {

struct DistanceCurve {
  double a = 0, b = 0;
};

// The least-squares fit, on 300 even distances from 0 to 3 * spread, to 1 up to `min_dist` and
// exp(-(d - min_dist) / spread) beyond: umap-learn's definition. 0 <= min_dist <= spread, 0 < spread.
[[nodiscard]] DistanceCurve fit_distance_curve(double min_dist, double spread);

}  // namespace regimetry::projection
