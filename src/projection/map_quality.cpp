#include "projection/map_quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "core/error.hpp"
#include "neighbors/nearest_neighbors.hpp"

namespace regimetry::projection {
namespace {

constexpr std::int64_t kGrain = 16;  // judged rows per chunk
constexpr std::int64_t kBlock =
    2048;  // columns of distances at a time: they and their sums stay in the cache

// Squared distances of one row from all, straight from the differences. `columns` is [D, N].
void squared_distances(const MatrixF& columns, std::int64_t row, std::vector<float>& out) {
  const std::int64_t count = columns.cols();
  std::fill(out.begin(), out.end(), 0.0F);
  for (std::int64_t begin = 0; begin < count; begin += kBlock) {
    const std::int64_t end = std::min(count, begin + kBlock);
    for (std::int64_t d = 0; d < columns.rows(); ++d) {
      const float* const values = columns.data() + d * count;
      const float own = values[row];
      for (std::int64_t j = begin; j < end; ++j) {
        const float difference = values[j] - own;
        out[static_cast<std::size_t>(j)] += difference * difference;
      }
    }
  }
}

// 1 for the nearest other row, 2 for the next, ...
std::int64_t rank_of(std::int64_t other, std::int64_t row, const std::vector<float>& distances) {
  const float distance = distances[static_cast<std::size_t>(other)];
  std::int32_t before = 0;
  for (std::int64_t j = 0; j < other; ++j)
    before += distances[static_cast<std::size_t>(j)] <= distance ? 1 : 0;
  const auto count = static_cast<std::int64_t>(distances.size());
  for (std::int64_t j = other; j < count; ++j)
    before += distances[static_cast<std::size_t>(j)] < distance ? 1 : 0;
  // The row itself, at distance 0, was counted unless `other` comes before it at distance 0 too.
  const bool counted_itself = row < other || distance > 0;
  return before + (counted_itself ? 0 : 1);
}

struct Tally {
  std::int64_t excess = 0;  // by how much the ranks of map neighbours exceed k
  std::int64_t kept = 0;    // map neighbours of rank k or less
};

void check(const Eigen::Ref<const MatrixF>& rows, const Eigen::Ref<const MatrixF>& map,
           const MapQualityOptions& options) {
  if (rows.rows() != map.rows()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("map quality: {} rows but {} points on the map", rows.rows(), map.rows()));
  }
  if (options.neighbor_count < 1 || 2 * options.neighbor_count >= rows.rows()) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("map quality: {} neighbours of {} rows; ask for at least 1 and fewer than half the rows",
                    options.neighbor_count, rows.rows()));
  }
  if (options.most_rows < 1)
    throw Error(ErrorKind::kUsage,
                fmt::format("map quality: most_rows is {}; it must be positive", options.most_rows));
}

}  // namespace

MapQuality map_quality(const Eigen::Ref<const MatrixF>& rows, const Eigen::Ref<const MatrixF>& map,
                       const MapQualityOptions& options, ThreadPool& pool) {
  check(rows, map, options);
  const std::int64_t row_count = rows.rows(), k = options.neighbor_count;
  const std::int64_t stride = (row_count + options.most_rows - 1) / options.most_rows;
  const std::int64_t judged = (row_count + stride - 1) / stride;
  const neighbors::NeighborLists on_map = neighbors::find_neighbors(map, k, pool);
  const MatrixF columns = rows.transpose();
  std::vector<Tally> tallies(static_cast<std::size_t>((judged + kGrain - 1) / kGrain));
  pool.parallel_for(judged, kGrain, [&](IndexRange range) {
    std::vector<float> distances(static_cast<std::size_t>(row_count));
    Tally& tally = tallies[static_cast<std::size_t>(range.begin / kGrain)];
    for (std::int64_t row = range.begin * stride; row < range.end * stride && row < row_count;
         row += stride) {
      squared_distances(columns, row, distances);
      for (const std::int32_t other :
           std::span(on_map.indices)
               .subspan(static_cast<std::size_t>(row * k), static_cast<std::size_t>(k))) {
        const std::int64_t rank = rank_of(other, row, distances);
        tally.excess += std::max<std::int64_t>(0, rank - k);
        tally.kept += rank <= k ? 1 : 0;
      }
    }
  });
  Tally total;
  for (const Tally& tally : tallies) {
    total.excess += tally.excess;
    total.kept += tally.kept;
  }
  const auto pairs = static_cast<double>(judged * k);
  return {
      1 - 2 * static_cast<double>(total.excess) / (pairs * static_cast<double>(2 * row_count - 3 * k - 1)),
      static_cast<double>(total.kept) / pairs, k, judged};
}

}  // namespace regimetry::projection
