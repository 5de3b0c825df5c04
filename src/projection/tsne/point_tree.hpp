// A quadtree over the points of a map: near points become a leaf, distant ones a single heavy point.
//
// Points are sorted along a Z-shaped curve; a node is a run of that order. build() sorts, refit() keeps the
// order and takes moved points into account: boxes are those of the points themselves, so they stay true when
// points move, and only become less compact.
#pragma once

#include <cstdint>
#include <vector>

#include "projection/map_points.hpp"

namespace regimetry::projection {

struct TreeNode {
  float center_x = 0, center_y = 0;                // mean of its points
  float left = 0, right = 0, bottom = 0, top = 0;  // the box of its points
  std::int32_t begin = 0, end = 0;                 // its points: places begin .. end - 1 of the order
  std::int32_t first_child = 0, child_count = 0;   // children are neighbours in `nodes`; none: a leaf
  [[nodiscard]] bool is_leaf() const { return child_count == 0; }
  [[nodiscard]] std::int32_t size() const { return end - begin; }
};

class PointTree {
 public:
  // Leaves hold at most this many points, more only where points coincide.
  static constexpr std::int32_t kLeafSize = 24;

  // Coordinates must be finite; at least one point.
  void build(const MapPoints& map);
  void refit(const MapPoints& map);

  [[nodiscard]] const std::vector<TreeNode>& nodes() const { return nodes_; }  // a parent before its children
  [[nodiscard]] const std::vector<std::int32_t>& leaves() const { return leaves_; }  // indices into nodes()
  [[nodiscard]] const std::vector<std::int32_t>& order() const { return order_; }    // place -> point
  [[nodiscard]] const MapPoints& sorted() const { return sorted_; }                  // place -> coordinates

 private:
  void split(std::int32_t node, int level, const std::vector<std::uint64_t>& keys, std::vector<int>& levels);

  std::vector<TreeNode> nodes_;
  std::vector<std::int32_t> leaves_, order_;
  MapPoints sorted_;
};

}  // namespace regimetry::projection
