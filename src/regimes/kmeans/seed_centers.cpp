#include "regimes/kmeans/seed_centers.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace regimetry::regimes {
namespace {

// Takes `center` into account in `nearest`, and gives the new total.
double lower_distances(const RowBlocks& blocks, const std::vector<double>& center,
                       std::vector<double>& nearest) {
  std::array<double, RowBlocks::kRows> distances;
  double total = 0;
  for (std::int64_t block = 0; block < blocks.block_count(); ++block) {
    blocks.squared_distances(block, center, distances);
    double* const of_block = nearest.data() + block * RowBlocks::kRows;
    for (std::int64_t i = 0; i < blocks.rows_in(block); ++i) {
      of_block[i] = std::min(of_block[i], distances[static_cast<std::size_t>(i)]);
      total += of_block[i];
    }
  }
  return total;
}

// The row in which `share` of the running total falls; one at distance 0 adds nothing and is never it.
std::int64_t row_at(double share, const std::vector<double>& nearest) {
  std::int64_t row = -1;
  for (std::size_t candidate = 0; candidate < nearest.size(); ++candidate) {
    if (nearest[candidate] <= 0) continue;
    row = static_cast<std::int64_t>(candidate);
    share -= nearest[candidate];
    if (share <= 0) break;
  }
  return row;
}

}  // namespace

std::vector<std::int64_t> seed_centers(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks,
                                       int count, RngStream& stream) {
  const std::int64_t row_count = values.rows();
  std::vector<std::int64_t> chosen;
  if (row_count == 0 || count < 1) return chosen;
  std::vector<double> nearest(static_cast<std::size_t>(row_count), std::numeric_limits<double>::infinity());
  std::vector<double> center(static_cast<std::size_t>(values.cols()));
  chosen.push_back(static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(row_count))));
  while (static_cast<int>(chosen.size()) < count) {
    for (std::size_t column = 0; column < center.size(); ++column)
      center[column] = static_cast<double>(values(chosen.back(), static_cast<std::int64_t>(column)));
    const double total = lower_distances(blocks, center, nearest);
    if (!(total > 0)) break;
    chosen.push_back(row_at(stream.uniform() * total, nearest));
  }
  return chosen;
}

std::vector<std::int64_t> seed_centers(const Eigen::Ref<const MatrixF>& values, int count,
                                       RngStream& stream) {
  return seed_centers(values, RowBlocks(values), count, stream);
}

}  // namespace regimetry::regimes
