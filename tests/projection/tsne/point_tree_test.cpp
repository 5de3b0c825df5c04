#include "projection/tsne/point_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "projection/random_map.hpp"

namespace regimetry::projection {
namespace {

// Nodes hold what they say they hold.
void expect_sound(const PointTree& tree, const MapPoints& map) {
  std::int32_t in_leaves = 0;
  for (const TreeNode& node : tree.nodes()) {
    double x = 0, y = 0;
    for (std::int32_t place = node.begin; place < node.end; ++place) {
      const auto point = static_cast<std::size_t>(tree.order()[static_cast<std::size_t>(place)]);
      EXPECT_EQ(tree.sorted().x[static_cast<std::size_t>(place)], map.x[point]);
      EXPECT_TRUE(node.left <= map.x[point] && map.x[point] <= node.right);
      EXPECT_TRUE(node.bottom <= map.y[point] && map.y[point] <= node.top);
      x += map.x[point];
      y += map.y[point];
    }
    EXPECT_NEAR(node.center_x, x / node.size(), 1e-4);
    EXPECT_NEAR(node.center_y, y / node.size(), 1e-4);
    if (node.is_leaf()) in_leaves += node.size();
  }
  EXPECT_EQ(in_leaves, static_cast<std::int32_t>(map.size()));
}

TEST(PointTree, LeavesAreSmallAndHoldEveryPointOnce) {
  const MapPoints map = random_map(5000, 2);
  PointTree tree;
  tree.build(map);
  expect_sound(tree, map);
  std::vector<std::int32_t> order = tree.order();
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(order[i], static_cast<std::int32_t>(i));
  for (const std::int32_t leaf : tree.leaves())
    EXPECT_LE(tree.nodes()[static_cast<std::size_t>(leaf)].size(), PointTree::kLeafSize);
}

TEST(PointTree, StaysTrueWhenPointsMove) {
  PointTree tree;
  tree.build(random_map(1000, 3));
  const MapPoints moved = random_map(1000, 4);
  tree.refit(moved);
  expect_sound(tree, moved);
}

TEST(PointTree, TakesCoincidingPointsAndASingleOne) {
  for (const std::size_t count : {1U, 100U}) {
    MapPoints map(count);
    std::fill(map.x.begin(), map.x.end(), 3.0F);
    PointTree tree;
    tree.build(map);
    EXPECT_EQ(tree.leaves().size(), 1U);
    expect_sound(tree, map);
  }
}

}  // namespace
}  // namespace regimetry::projection
