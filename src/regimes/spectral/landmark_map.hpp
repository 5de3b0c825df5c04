// Places new rows among rows whose spectral coordinates are known: an extension out of the sample, in
// microseconds, where the graph and its eigenvectors would have to be computed anew.
//
// How:  the coordinates of a new row are the mean of those of its nearest landmarks, weighted by 1 / d^2. So
// a row
//       that is a landmark gets that landmark's own coordinates, and rows between landmarks change smoothly.
//       Nyström's extension is such a mean too, with the weights of the graph; those of a few landmarks say 0
//       or 1 only.
// Cost: a pass over all landmarks.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "regimes/kmeans/row_blocks.hpp"

namespace regimetry::regimes {

class LandmarkMap {
 public:
  // landmarks [L, D], coordinates [L, C]; neighbor_count at least 1; all landmarks when there are fewer.
  LandmarkMap(MatrixF landmarks, MatrixF coordinates, std::int64_t neighbor_count);

  [[nodiscard]] const MatrixF& landmarks() const noexcept { return landmarks_; }
  [[nodiscard]] const MatrixF& coordinates() const noexcept { return coordinates_; }
  [[nodiscard]] std::int64_t neighbor_count() const noexcept { return neighbor_count_; }

  // Memory of place(), so that it need not allocate. One per thread.
  struct Scratch {
    struct Neighbor {
      double squared_distance = 0;
      std::int64_t landmark = 0;
    };
    std::vector<double> row;          // [D]
    std::vector<double> distances;    // [L, filled up]
    std::vector<Neighbor> neighbors;  // [neighbor_count], nearest first
  };
  [[nodiscard]] Scratch make_scratch() const;
  // Coordinates [C] of `row` [D] into `out`; gives the distance to the nearest landmark.
  double place(std::span<const float> row, Scratch& scratch, std::span<float> out) const noexcept;

 private:
  void find_nearest(Scratch& scratch) const noexcept;

  MatrixF landmarks_, coordinates_;
  std::int64_t neighbor_count_;
  RowBlocks blocks_;
};

// Which rows become landmarks: all, or `most` of them, evenly spaced within each label, and at least `least`
// of each label (all of it when it has fewer), so that a rare regime is not lost. Ascending.
[[nodiscard]] std::vector<std::int64_t> choose_landmarks(std::span<const std::int32_t> labels,
                                                         int regime_count, std::int64_t most,
                                                         std::int64_t least);

}  // namespace regimetry::regimes
