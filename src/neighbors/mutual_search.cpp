#include "neighbors/mutual_search.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "neighbors/exact_lists.hpp"
#include "neighbors/point_tiles.hpp"

namespace regimetry::neighbors {
namespace {

constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
constexpr std::int64_t kRowsPerProduct = PointTiles::kRowsPerProduct;
constexpr std::int64_t kMostBlocks = 64;  // half of them are pairs that threads can share
constexpr std::size_t kGroup = 64;        // scores that are compared at once

// The scores of one row that may be of use to the points of the tile: `reaches` says up to where.
bool holds_hit(const float* scores, const float* reaches, float half_norm) {
  int hits = 0;
  for (std::size_t i = 0; i < kGroup; ++i) hits += scores[i] + half_norm <= reaches[i] ? 1 : 0;
  return hits > 0;
}

// Points are cut into blocks of whole tiles. Rows near in time tend to be near in space, so each block first
// meets itself, which gives every point a limit that rules out most others; then each two blocks meet once.
class MutualSearch {
 public:
  MutualSearch(const Eigen::Ref<const MatrixF>& points, std::int64_t k)
      : tiles_(points, points),
        queries_(tiles_.prepare(points)),
        candidates_(static_cast<std::size_t>(points.rows()), CandidateList(k)),
        lists_(points, points, k) {
    const std::int64_t tiles_per_block = (tiles_.tile_count() + kMostBlocks - 1) / kMostBlocks;
    for (std::int64_t tile = 0; tile < tiles_.tile_count(); tile += tiles_per_block)
      blocks_.push_back({tile, std::min(tile + tiles_per_block, tiles_.tile_count())});
  }

  NeighborLists run(ThreadPool& pool) {
    const auto block_count = static_cast<std::int64_t>(blocks_.size());
    pool.parallel_for(block_count, 1, [&](IndexRange chunk) {
      Scratch scratch(tiles_.tile_size());
      for (std::int64_t i = chunk.begin; i < chunk.end; ++i) meet_itself(block(i), scratch);
    });
    meet_all_others(pool);
    pool.parallel_for(static_cast<std::int64_t>(candidates_.size()), 256, [&](IndexRange rows) {
      for (std::int64_t row = rows.begin; row < rows.end; ++row)
        lists_.write(row, candidates_[static_cast<std::size_t>(row)].finish());
    });
    return lists_.take();
  }

 private:
  struct Scratch {
    explicit Scratch(std::int64_t tile_size)
        : scores(static_cast<std::size_t>(kRowsPerProduct * tile_size)),
          row(static_cast<std::size_t>(tile_size)),
          reaches(static_cast<std::size_t>(tile_size)) {}
    nn::AlignedVector<float> scores;  // [kRowsPerProduct, tile]
    std::vector<float> row, reaches;  // [tile]
  };

  [[nodiscard]] const IndexRange& block(std::int64_t i) const { return blocks_[static_cast<std::size_t>(i)]; }

  // The rounds of a tournament: in each, every block meets at most one other, so pairs of a round share no
  // point and no thread waits for another. With an odd number of blocks one of them rests.
  void meet_all_others(ThreadPool& pool) {
    const auto block_count = static_cast<std::int64_t>(blocks_.size());
    const std::int64_t places = block_count + block_count % 2;
    for (std::int64_t round = 0; round + 1 < places; ++round) {
      pool.parallel_for(places / 2, 1, [&](IndexRange chunk) {
        Scratch scratch(tiles_.tile_size());
        for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
          // The last place stays, the others turn past it.
          const std::int64_t turning = places - 1;
          const std::int64_t a = i == 0 ? turning : (round + i) % turning;
          const std::int64_t b = (round + turning - i) % turning;
          if (a < block_count && b < block_count) meet(block(std::min(a, b)), block(std::max(a, b)), scratch);
        }
      });
    }
  }

  void meet_itself(const IndexRange& block, Scratch& scratch) {
    for_each_product(block, [&](IndexRange rows) {
      for (std::int64_t tile = block.begin; tile < block.end; ++tile) {
        tiles_.scores(queries_, rows, tile, scratch.scores.data());
        const IndexRange points = tiles_.points_of(tile);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
          const std::span<float> scores = scores_of(row - rows.begin, scratch);
          if (points.begin <= row && row < points.end)
            scores[static_cast<std::size_t>(row - points.begin)] = std::numeric_limits<float>::infinity();
          add_to_row(row, tile, scores, scratch);
        }
      }
    });
  }

  void meet(const IndexRange& first, const IndexRange& second, Scratch& scratch) {
    for_each_product(first, [&](IndexRange rows) {
      for (std::int64_t tile = second.begin; tile < second.end; ++tile) {
        tiles_.scores(queries_, rows, tile, scratch.scores.data());
        find_reaches(rows, tile, scratch.reaches);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
          const std::span<float> scores = scores_of(row - rows.begin, scratch);
          add_to_row(row, tile, scores, scratch);
          add_to_points(row, tile, scores, scratch.reaches);
        }
      }
    });
  }

  template <class Body>
  void for_each_product(const IndexRange& block, const Body& body) {
    const std::int64_t end = tiles_.points_of(block.end - 1).end;
    for (std::int64_t row = tiles_.points_of(block.begin).begin; row < end; row += kRowsPerProduct)
      body({row, std::min(row + kRowsPerProduct, end)});
  }

  [[nodiscard]] std::span<float> scores_of(std::int64_t row_of_product, Scratch& scratch) const {
    const auto size = static_cast<std::size_t>(tiles_.tile_size());
    return {scratch.scores.data() + static_cast<std::size_t>(row_of_product) * size, size};
  }

  void add_to_row(std::int64_t row, std::int64_t tile, std::span<const float> scores, Scratch& scratch) {
    const auto place = static_cast<std::size_t>(row);
    candidates_[place].add(scores, tiles_.margin(queries_.norms[place], tile), tiles_.points_of(tile).begin,
                           scratch.row);
  }

  // The score of row q for point p is |p|^2 / 2 - q p, that of p for q |q|^2 / 2 - q p: their difference is
  // known beforehand. So p takes q when score + |q|^2 / 2 is at most `reaches` of p, which is its limit with
  // the largest margin of the rows, plus |p|^2 / 2.
  void find_reaches(IndexRange rows, std::int64_t tile, std::span<float> reaches) const {
    float largest = 0;
    for (std::int64_t row = rows.begin; row < rows.end; ++row)
      largest = std::max(largest, queries_.norms[static_cast<std::size_t>(row)]);
    const float margin = tiles_.mutual_margin(largest, tile);
    const IndexRange points = tiles_.points_of(tile);
    std::fill(reaches.begin(), reaches.end(), -std::numeric_limits<float>::infinity());
    for (std::int64_t point = points.begin; point < points.end; ++point)
      reaches[static_cast<std::size_t>(point - points.begin)] =
          candidates_[static_cast<std::size_t>(point)].limit() + margin + tiles_.half_norm(point);
  }

  void add_to_points(std::int64_t row, std::int64_t tile, std::span<const float> scores,
                     std::span<const float> reaches) {
    const float half_norm = tiles_.half_norm(row);
    const std::int64_t first = tiles_.points_of(tile).begin;
    for (std::size_t begin = 0; begin < scores.size(); begin += kGroup) {
      if (!holds_hit(scores.data() + begin, reaches.data() + begin, half_norm)) continue;
      const float margin = tiles_.mutual_margin(queries_.norms[static_cast<std::size_t>(row)], tile);
      for (std::size_t i = begin; i < begin + kGroup; ++i) {
        if (scores[i] + half_norm > reaches[i]) continue;
        const std::int64_t point = first + static_cast<std::int64_t>(i);
        candidates_[static_cast<std::size_t>(point)].add_one(scores[i] + half_norm - tiles_.half_norm(point),
                                                             margin, row);
      }
    }
  }

  PointTiles tiles_;
  PointTiles::Queries queries_;
  std::vector<IndexRange> blocks_;  // of tiles
  std::vector<CandidateList> candidates_;
  ExactLists lists_;
};

}  // namespace

bool fits_mutual_search(std::int64_t point_count, std::int64_t k) noexcept {
  constexpr auto kBytesPerPlace = static_cast<std::int64_t>(2 * sizeof(Candidate));
  return point_count <= kMostBytes / (kBytesPerPlace * (k + 24));
}

NeighborLists search_mutually(const Eigen::Ref<const MatrixF>& points, std::int64_t k, ThreadPool& pool) {
  return MutualSearch(points, k).run(pool);
}

}  // namespace regimetry::neighbors
