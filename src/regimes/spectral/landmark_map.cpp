#include "regimes/spectral/landmark_map.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace regimetry::regimes {

LandmarkMap::LandmarkMap(MatrixF landmarks, MatrixF coordinates, std::int64_t neighbor_count)
    : landmarks_(std::move(landmarks)),
      coordinates_(std::move(coordinates)),
      neighbor_count_(std::min<std::int64_t>(neighbor_count, landmarks_.rows())),
      blocks_(landmarks_) {
  assert(landmarks_.rows() == coordinates_.rows() && neighbor_count_ >= 1);
}

LandmarkMap::Scratch LandmarkMap::make_scratch() const {
  Scratch scratch;
  scratch.row.resize(static_cast<std::size_t>(landmarks_.cols()));
  scratch.distances.resize(static_cast<std::size_t>(blocks_.block_count() * RowBlocks::kRows));
  scratch.neighbors.resize(static_cast<std::size_t>(neighbor_count_));
  return scratch;
}

double LandmarkMap::place(std::span<const float> row, Scratch& scratch, std::span<float> out) const noexcept {
  assert(static_cast<std::int64_t>(row.size()) == landmarks_.cols() &&
         static_cast<std::int64_t>(out.size()) == coordinates_.cols());
  std::copy(row.begin(), row.end(), scratch.row.begin());
  for (std::int64_t block = 0; block < blocks_.block_count(); ++block)
    blocks_.squared_distances(block, scratch.row,
                              std::span<double, RowBlocks::kRows>(
                                  scratch.distances.data() + block * RowBlocks::kRows, RowBlocks::kRows));
  find_nearest(scratch);
  const double least = scratch.neighbors.front().squared_distance;
  for (std::size_t column = 0; column < out.size(); ++column) {
    double sum = 0, weights = 0;
    for (const Scratch::Neighbor& neighbor : scratch.neighbors) {
      // 1 / d^2 up to a factor; of landmarks at distance 0 only those count.
      const double weight = neighbor.squared_distance > 0 ? least / neighbor.squared_distance : 1.0;
      sum += weight * static_cast<double>(coordinates_(neighbor.landmark, static_cast<Eigen::Index>(column)));
      weights += weight;
    }
    out[column] = static_cast<float>(sum / weights);
  }
  return std::sqrt(least);
}

// By insertion: after the first few, hardly any landmark is nearer than the last kept.
void LandmarkMap::find_nearest(Scratch& scratch) const noexcept {
  std::vector<Scratch::Neighbor>& nearest = scratch.neighbors;
  std::fill(nearest.begin(), nearest.end(), Scratch::Neighbor{std::numeric_limits<double>::infinity(), 0});
  for (std::int64_t landmark = 0; landmark < landmarks_.rows(); ++landmark) {
    const double distance = scratch.distances[static_cast<std::size_t>(landmark)];
    if (!(distance < nearest.back().squared_distance)) continue;
    std::size_t place = nearest.size() - 1;
    for (; place > 0 && nearest[place - 1].squared_distance > distance; --place)
      nearest[place] = nearest[place - 1];
    nearest[place] = {distance, landmark};
  }
}

std::vector<std::int64_t> choose_landmarks(std::span<const std::int32_t> labels, int regime_count,
                                           std::int64_t most, std::int64_t least) {
  const auto row_count = static_cast<std::int64_t>(labels.size());
  std::vector<std::vector<std::int64_t>> rows_of(static_cast<std::size_t>(regime_count));
  for (std::int64_t row = 0; row < row_count; ++row)
    rows_of[static_cast<std::size_t>(labels[static_cast<std::size_t>(row)])].push_back(row);
  std::vector<std::int64_t> chosen;
  for (const std::vector<std::int64_t>& rows : rows_of) {
    const auto count = static_cast<std::int64_t>(rows.size());
    const std::int64_t share = row_count <= most ? count : count * most / row_count;
    const std::int64_t taken = std::min(count, std::max(share, least));
    for (std::int64_t i = 0; i < taken; ++i)
      chosen.push_back(rows[static_cast<std::size_t>(i * count / taken)]);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace regimetry::regimes
