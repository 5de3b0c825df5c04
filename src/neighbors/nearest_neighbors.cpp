#include "neighbors/nearest_neighbors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "neighbors/candidate_list.hpp"
#include "neighbors/point_tiles.hpp"

namespace regimetry::neighbors {
namespace {

constexpr std::int64_t kRowsPerProduct = 96;  // their scores for a tile stay in a core's second cache
constexpr std::int64_t kRowsPerChunk = 4 * kRowsPerProduct;

using Rows = Eigen::Ref<const MatrixF>;

// Eight sums that advance together, so that the compiler may use wide registers and still every machine adds
// in the same order.
double squared_distance(const float* a, const float* b, std::int64_t width) {
  constexpr std::int64_t kLanes = 8;
  double sums[kLanes] = {};
  std::int64_t column = 0;
  for (; column + kLanes <= width; column += kLanes) {
    for (std::int64_t lane = 0; lane < kLanes; ++lane) {
      const double difference = static_cast<double>(a[column + lane]) - static_cast<double>(b[column + lane]);
      sums[lane] += difference * difference;
    }
  }
  for (; column < width; ++column) {
    const double difference = static_cast<double>(a[column]) - static_cast<double>(b[column]);
    sums[column % kLanes] += difference * difference;
  }
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

class Search {
 public:
  Search(const Rows& queries, const Rows& points, std::int64_t k)
      : queries_(queries), points_(points), k_(k), tiles_(points, queries) {
    const auto size = static_cast<std::size_t>(queries.rows() * k);
    lists_ = {k, std::vector<std::int32_t>(size), std::vector<float>(size)};
  }

  // `excluded_of(i)`: the points that query i may not have. `is_self`: query i is point i.
  template <class ExcludedOf>
  NeighborLists run(const ExcludedOf& excluded_of, bool is_self, ThreadPool& pool) {
    // Long lists are kept for fewer rows at a time.
    const std::int64_t chunk_rows =
        std::clamp(kRowsPerChunk * 4096 / (k_ + 1), kRowsPerProduct, kRowsPerChunk);
    pool.parallel_for(queries_.rows(), chunk_rows, [&](IndexRange rows) {
      const std::int64_t first_tile = is_self ? rows.begin / tiles_.tile_size() : 0;
      search_rows(rows, excluded_of, first_tile);
    });
    return std::move(lists_);
  }

 private:
  template <class ExcludedOf>
  void search_rows(IndexRange rows, const ExcludedOf& excluded_of, std::int64_t first_tile) {
    const PointTiles::Queries queries = tiles_.prepare(queries_.middleRows(rows.begin, rows.size()));
    std::vector<CandidateList> candidates(static_cast<std::size_t>(rows.size()), CandidateList(k_));
    std::vector<IndexRange> excluded(candidates.size());
    for (std::size_t i = 0; i < excluded.size(); ++i)
      excluded[i] = excluded_of(rows.begin + static_cast<std::int64_t>(i));
    Scratch scratch(tiles_.tile_size());
    // Rows near in time tend to be near in space: beginning with their own tile rules out most others early.
    for (std::int64_t step = 0; step < tiles_.tile_count(); ++step) {
      const std::int64_t tile = (first_tile + step) % tiles_.tile_count();
      for (std::int64_t begin = 0; begin < rows.size(); begin += kRowsPerProduct)
        search_tile(queries, {begin, std::min(begin + kRowsPerProduct, rows.size())}, tile, excluded,
                    candidates, scratch);
    }
    std::vector<Exact> exact;
    for (std::int64_t i = 0; i < rows.size(); ++i)
      write_nearest(rows.begin + i, candidates[static_cast<std::size_t>(i)].finish(), exact);
  }

  struct Scratch {
    explicit Scratch(std::int64_t tile_size)
        : scores(static_cast<std::size_t>(kRowsPerProduct * tile_size)),
          row(static_cast<std::size_t>(tile_size)) {}
    nn::AlignedVector<float> scores;  // [kRowsPerProduct, tile]
    std::vector<float> row;           // [tile]
  };
  struct Exact {
    double squared_distance = 0;
    std::int32_t point = 0;
  };

  // `rows` count within the chunk, as `excluded` and `candidates` do.
  void search_tile(const PointTiles::Queries& queries, IndexRange rows, std::int64_t tile,
                   std::span<const IndexRange> excluded, std::span<CandidateList> candidates,
                   Scratch& scratch) const {
    const IndexRange points = tiles_.points_of(tile);
    const auto is_all_excluded = [&](const IndexRange& range) {
      return range.begin <= points.begin && points.end <= range.end;
    };
    const auto begin = static_cast<std::size_t>(rows.begin), count = static_cast<std::size_t>(rows.size());
    const auto of_rows = excluded.subspan(begin, count);
    if (std::all_of(of_rows.begin(), of_rows.end(), is_all_excluded)) return;
    tiles_.scores(queries, rows, tile, scratch.scores.data());
    const auto tile_size = static_cast<std::size_t>(tiles_.tile_size());
    for (std::size_t i = 0; i < count; ++i) {
      const std::span<float> scores(scratch.scores.data() + i * tile_size, tile_size);
      const std::int64_t from = std::max(of_rows[i].begin, points.begin),
                         to = std::min(of_rows[i].end, points.end);
      for (std::int64_t point = from; point < to; ++point)
        scores[static_cast<std::size_t>(point - points.begin)] = std::numeric_limits<float>::infinity();
      candidates[begin + i].add(scores, tiles_.margin(queries.norms[begin + i], tile), points.begin,
                                scratch.row);
    }
  }

  void write_nearest(std::int64_t row, std::span<const Candidate> candidates, std::vector<Exact>& exact) {
    exact.clear();
    for (const Candidate& candidate : candidates)
      exact.push_back(
          {squared_distance(queries_.row(row).data(), points_.row(candidate.point).data(), points_.cols()),
           candidate.point});
    assert(static_cast<std::int64_t>(exact.size()) >= k_);
    std::partial_sort(exact.begin(), exact.begin() + k_, exact.end(), [](const Exact& a, const Exact& b) {
      return a.squared_distance != b.squared_distance ? a.squared_distance < b.squared_distance
                                                      : a.point < b.point;
    });
    for (std::int64_t i = 0; i < k_; ++i) {
      const Exact& neighbor = exact[static_cast<std::size_t>(i)];
      lists_.indices[static_cast<std::size_t>(row * k_ + i)] = neighbor.point;
      lists_.distances[static_cast<std::size_t>(row * k_ + i)] =
          static_cast<float>(std::sqrt(neighbor.squared_distance));
    }
  }

  const Rows& queries_;
  const Rows& points_;
  std::int64_t k_;
  PointTiles tiles_;
  NeighborLists lists_;
};

void require_neighbor_count(std::int64_t k, std::int64_t most, std::int64_t point_count) {
  if (k < 1 || k > most)
    throw Error(ErrorKind::kUsage,
                fmt::format("{} nearest neighbours were asked for among {} points; ask for 1 "
                            "to {}.",
                            k, point_count, most));
}

void require_width(const Rows& queries, const Rows& points) {
  if (queries.cols() != points.cols())
    throw Error(ErrorKind::kUsage,
                fmt::format("Queries have {} values each, but points have {}; both need the "
                            "same columns.",
                            queries.cols(), points.cols()));
}

}  // namespace

NeighborLists find_neighbors(const Rows& points, std::int64_t k, ThreadPool& pool) {
  require_neighbor_count(k, points.rows() - 1, points.rows());
  return Search(points, points, k).run([](std::int64_t row) { return IndexRange{row, row + 1}; }, true, pool);
}

NeighborLists find_neighbors(const Rows& queries, const Rows& points, std::int64_t k, ThreadPool& pool) {
  require_neighbor_count(k, points.rows(), points.rows());
  require_width(queries, points);
  return Search(queries, points, k).run([](std::int64_t) { return IndexRange{}; }, false, pool);
}

NeighborLists find_neighbors(const Rows& queries, const Rows& points, std::span<const IndexRange> excluded,
                             std::int64_t k, ThreadPool& pool) {
  require_width(queries, points);
  if (static_cast<std::int64_t>(excluded.size()) != queries.rows())
    throw Error(ErrorKind::kUsage,
                fmt::format("There are {} queries but {} excluded ranges; each query needs one.",
                            queries.rows(), excluded.size()));
  for (const IndexRange& range : excluded)
    require_neighbor_count(k, points.rows() - range.size(), points.rows());
  return Search(queries, points, k)
      .run([&](std::int64_t row) { return excluded[static_cast<std::size_t>(row)]; }, false, pool);
}

}  // namespace regimetry::neighbors
