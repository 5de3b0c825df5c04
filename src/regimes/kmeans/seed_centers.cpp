#include "regimes/kmeans/seed_centers.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace regimetry::regimes {

std::vector<std::int64_t> seed_centers(const Eigen::Ref<const MatrixF>& values, int count,
                                       RngStream& stream) {
  const std::int64_t row_count = values.rows();
  std::vector<std::int64_t> chosen;
  if (row_count == 0 || count < 1) return chosen;
  std::vector<double> nearest(static_cast<std::size_t>(row_count), std::numeric_limits<double>::infinity());
  chosen.push_back(static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(row_count))));
  while (static_cast<int>(chosen.size()) < count) {
    const Eigen::RowVectorXd center = values.row(chosen.back()).cast<double>();
    double total = 0;
    for (std::int64_t row = 0; row < row_count; ++row) {
      double& distance = nearest[static_cast<std::size_t>(row)];
      distance = std::min(distance, (values.row(row).cast<double>() - center).squaredNorm());
      total += distance;
    }
    if (!(total > 0)) break;
    // The row in which a draw of the running total falls; one at distance 0 adds nothing and is never it.
    double remaining = stream.uniform() * total;
    std::int64_t row = -1;
    for (std::int64_t candidate = 0; candidate < row_count; ++candidate) {
      const double distance = nearest[static_cast<std::size_t>(candidate)];
      if (distance <= 0) continue;
      row = candidate;
      remaining -= distance;
      if (remaining <= 0) break;
    }
    chosen.push_back(row);
  }
  return chosen;
}

}  // namespace regimetry::regimes
