#include "neighbors/nearest_neighbors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "neighbors/candidate_list.hpp"
#include "neighbors/exact_lists.hpp"
#include "neighbors/mutual_search.hpp"
#include "neighbors/point_tiles.hpp"

namespace regimetry::neighbors {
namespace {

constexpr std::int64_t kRowsPerProduct = PointTiles::kRowsPerProduct;
constexpr std::int64_t kRowsPerChunk = 4 * kRowsPerProduct;

using Rows = Eigen::Ref<const MatrixF>;

class Search {
 public:
  Search(const Rows& queries, const Rows& points, std::int64_t k)
      : queries_(queries), k_(k), tiles_(points, queries), lists_(queries, points, k) {}

  // `excluded_of(i)`: the points that query i may not have.
  template <class ExcludedOf>
  NeighborLists run(const ExcludedOf& excluded_of, ThreadPool& pool) {
    // Long lists are kept for fewer rows at a time.
    const std::int64_t chunk_rows =
        std::clamp(kRowsPerChunk * 4096 / (k_ + 1), kRowsPerProduct, kRowsPerChunk);
    pool.parallel_for(queries_.rows(), chunk_rows, [&](IndexRange rows) {
      // Rows near in time tend to be near in space: beginning with their own tile rules out most others
      // early.
      const std::int64_t first_tile = rows.begin * tiles_.tile_count() / queries_.rows();
      search_rows(rows, excluded_of, first_tile);
    });
    return lists_.take();
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
    for (std::int64_t step = 0; step < tiles_.tile_count(); ++step) {
      const std::int64_t tile = (first_tile + step) % tiles_.tile_count();
      for (std::int64_t begin = 0; begin < rows.size(); begin += kRowsPerProduct)
        search_tile(queries, {begin, std::min(begin + kRowsPerProduct, rows.size())}, tile, excluded,
                    candidates, scratch);
    }
    for (std::int64_t i = 0; i < rows.size(); ++i)
      lists_.write(rows.begin + i, candidates[static_cast<std::size_t>(i)].finish());
  }

  struct Scratch {
    explicit Scratch(std::int64_t tile_size)
        : scores(static_cast<std::size_t>(kRowsPerProduct * tile_size)),
          row(static_cast<std::size_t>(tile_size)) {}
    nn::AlignedVector<float> scores;  // [kRowsPerProduct, tile]
    std::vector<float> row;           // [tile]
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

  const Rows& queries_;
  std::int64_t k_;
  PointTiles tiles_;
  ExactLists lists_;
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
  if (fits_mutual_search(points.rows(), k)) return search_mutually(points, k, pool);
  std::vector<IndexRange> themselves;
  for (std::int64_t row = 0; row < points.rows(); ++row) themselves.push_back({row, row + 1});
  return find_neighbors(points, points, themselves, k, pool);
}

NeighborLists find_neighbors(const Rows& queries, const Rows& points, std::int64_t k, ThreadPool& pool) {
  require_neighbor_count(k, points.rows(), points.rows());
  require_width(queries, points);
  return Search(queries, points, k).run([](std::int64_t) { return IndexRange{}; }, pool);
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
      .run([&](std::int64_t row) { return excluded[static_cast<std::size_t>(row)]; }, pool);
}

}  // namespace regimetry::neighbors
