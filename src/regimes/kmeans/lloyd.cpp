#include "regimes/kmeans/lloyd.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kBlocksPerChunk = 64;

// What the rows of one chunk, or of all, add up to.
struct ClusterSums {
  MatrixD sums;                      // [K, D]
  std::vector<std::int64_t> counts;  // [K]
  double objective = 0;
  bool has_changed = false;  // a label is not what it was
};

class Lloyd {
 public:
  Lloyd(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks, MatrixD centers, ThreadPool& pool)
      : values_(values), blocks_(blocks), pool_(pool), centers_(std::move(centers)) {
    labels_.assign(static_cast<std::size_t>(values.rows()), -1);
    distances_.resize(labels_.size());
    chunks_.resize(static_cast<std::size_t>((blocks.block_count() + kBlocksPerChunk - 1) / kBlocksPerChunk));
  }

  LloydResult run(const LloydLimits& limits) {
    LloydResult result;
    bool centers_have_moved = true;
    while (result.iterations < limits.max_iterations && !result.has_converged) {
      ++result.iterations;
      const ClusterSums all = assign();
      result.objective = all.objective;
      centers_have_moved = all.has_changed;
      result.has_converged = !all.has_changed || move_centers(all) <= limits.least_move;
    }
    // The labels must be those of the centres that are handed out.
    if (centers_have_moved) result.objective = assign().objective;
    result.objective += fill_empty_clusters();
    result.centers = std::move(centers_);
    result.labels = std::move(labels_);
    return result;
  }

 private:
  // Gives every row its nearest centre.
  ClusterSums assign() {
    pool_.parallel_for(static_cast<std::int64_t>(chunks_.size()), 1, [&](IndexRange range) {
      for (std::int64_t chunk = range.begin; chunk < range.end; ++chunk) assign_chunk(chunk);
    });
    ClusterSums all = chunks_.front();
    for (std::size_t chunk = 1; chunk < chunks_.size(); ++chunk) {
      all.sums += chunks_[chunk].sums;
      all.objective += chunks_[chunk].objective;
      all.has_changed |= chunks_[chunk].has_changed;
      for (std::size_t k = 0; k < all.counts.size(); ++k) all.counts[k] += chunks_[chunk].counts[k];
    }
    return all;
  }

  void assign_chunk(std::int64_t chunk) {
    ClusterSums& sums = chunks_[static_cast<std::size_t>(chunk)];
    sums = {MatrixD::Zero(centers_.rows(), centers_.cols()),
            std::vector<std::int64_t>(static_cast<std::size_t>(centers_.rows())), 0, false};
    const std::int64_t end = std::min((chunk + 1) * kBlocksPerChunk, blocks_.block_count());
    for (std::int64_t block = chunk * kBlocksPerChunk; block < end; ++block) assign_block(block, sums);
  }

  void assign_block(std::int64_t block, ClusterSums& sums) {
    std::array<double, RowBlocks::kRows> least, distances;
    std::array<std::int32_t, RowBlocks::kRows> nearest{};
    least.fill(std::numeric_limits<double>::infinity());
    for (std::int32_t k = 0; k < centers_.rows(); ++k) {
      blocks_.squared_distances(block, {centers_.row(k).data(), static_cast<std::size_t>(centers_.cols())},
                                distances);
      for (std::size_t i = 0; i < least.size(); ++i) {
        nearest[i] = distances[i] < least[i] ? k : nearest[i];
        least[i] = std::min(least[i], distances[i]);
      }
    }
    for (std::int64_t i = 0; i < blocks_.rows_in(block); ++i)
      add_row(block * RowBlocks::kRows + i, nearest[static_cast<std::size_t>(i)],
              least[static_cast<std::size_t>(i)], sums);
  }

  void add_row(std::int64_t row, std::int32_t nearest, double distance, ClusterSums& sums) {
    const auto at = static_cast<std::size_t>(row);
    sums.has_changed |= labels_[at] != nearest;
    labels_[at] = nearest;
    distances_[at] = distance;
    sums.objective += distance;
    ++sums.counts[static_cast<std::size_t>(nearest)];
    double* const sum = sums.sums.row(nearest).data();
    const float* const value = values_.row(row).data();
    for (std::int64_t column = 0; column < values_.cols(); ++column)
      sum[column] += static_cast<double>(value[column]);
  }

  // To the mean of their rows; gives the sum of the squared moves.
  double move_centers(ClusterSums all) {
    double moved = 0;
    for (std::int64_t k = 0; k < centers_.rows(); ++k) {
      if (all.counts[static_cast<std::size_t>(k)] == 0) give_farthest_row(static_cast<std::int32_t>(k), all);
    }
    for (std::int64_t k = 0; k < centers_.rows(); ++k) {
      const auto count = static_cast<double>(all.counts[static_cast<std::size_t>(k)]);
      for (std::int64_t column = 0; column < centers_.cols(); ++column) {
        const double mean = all.sums(k, column) / count, move = mean - centers_(k, column);
        moved += move * move;
        centers_(k, column) = mean;
      }
    }
    return moved;
  }

  // Takes the row farthest from its centre out of its cluster, and makes it the only one of cluster `k`.
  void give_farthest_row(std::int32_t k, ClusterSums& all) {
    const std::int64_t row = farthest_row(all.counts);
    const std::int32_t old = labels_[static_cast<std::size_t>(row)];
    --all.counts[static_cast<std::size_t>(old)];
    all.counts[static_cast<std::size_t>(k)] = 1;
    all.sums.row(old) -= values_.row(row).cast<double>();
    all.sums.row(k) = values_.row(row).cast<double>();
    labels_[static_cast<std::size_t>(row)] = k;
    distances_[static_cast<std::size_t>(row)] = 0;
  }

  // Of the clusters that have others to keep.
  [[nodiscard]] std::int64_t farthest_row(const std::vector<std::int64_t>& counts) const {
    std::int64_t farthest = -1;
    for (std::size_t row = 0; row < labels_.size(); ++row) {
      if (counts[static_cast<std::size_t>(labels_[row])] < 2) continue;
      if (farthest < 0 || distances_[row] > distances_[static_cast<std::size_t>(farthest)])
        farthest = static_cast<std::int64_t>(row);
    }
    return farthest;
  }

  // Only after the iterations ended at their limit with an empty cluster; gives the change of the objective.
  double fill_empty_clusters() {
    ClusterSums all{MatrixD::Zero(centers_.rows(), centers_.cols()),
                    std::vector<std::int64_t>(static_cast<std::size_t>(centers_.rows())), 0, false};
    for (const std::int32_t label : labels_) ++all.counts[static_cast<std::size_t>(label)];
    for (std::int32_t k = 0; k < centers_.rows(); ++k) {
      if (all.counts[static_cast<std::size_t>(k)] > 0) continue;
      const std::int64_t row = farthest_row(all.counts);
      all.objective -= distances_[static_cast<std::size_t>(row)];
      give_farthest_row(k, all);
      centers_.row(k) = values_.row(row).cast<double>();
    }
    return all.objective;
  }

  const Eigen::Ref<const MatrixF>& values_;
  const RowBlocks& blocks_;
  ThreadPool& pool_;
  MatrixD centers_;
  std::vector<std::int32_t> labels_;
  std::vector<double> distances_;  // [N], squared, to the row's centre
  std::vector<ClusterSums> chunks_;
};

}  // namespace

LloydResult run_lloyd(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks, MatrixD centers,
                      const LloydLimits& limits, ThreadPool& pool) {
  return Lloyd(values, blocks, std::move(centers), pool).run(limits);
}

}  // namespace regimetry::regimes
