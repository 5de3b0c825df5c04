#include "projection/tsne/point_tree.hpp"

#include <algorithm>

namespace regimetry::projection {
namespace {

constexpr int kLevels = 16;  // bits of a coordinate; two bits of a key per level

// The bits of `value` moved apart, a zero between each two.
std::uint64_t spread_bits(std::uint64_t value) {
  value = (value | value << 8) & 0x00ff00ffU;
  value = (value | value << 4) & 0x0f0f0f0fU;
  value = (value | value << 2) & 0x33333333U;
  return (value | value << 1) & 0x55555555U;
}

// Place along the curve in the upper half, point in the lower: keys differ, so sorting has one answer.
std::vector<std::uint64_t> sorted_keys(const MapPoints& map) {
  const auto [left, right] = std::minmax_element(map.x.begin(), map.x.end());
  const auto [bottom, top] = std::minmax_element(map.y.begin(), map.y.end());
  const float extent = std::max(*right - *left, *top - *bottom);
  const float scale = extent > 0 ? 65535.0F / extent : 0.0F;
  const float x0 = *left, y0 = *bottom;
  const auto cell = [](float offset) { return static_cast<std::uint64_t>(std::min(65535.0F, offset)); };
  std::vector<std::uint64_t> keys(map.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint64_t curve =
        spread_bits(cell((map.x[i] - x0) * scale)) | spread_bits(cell((map.y[i] - y0) * scale)) << 1;
    keys[i] = curve << 32 | i;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

void fit_leaf(TreeNode& node, const MapPoints& sorted) {
  const auto begin = static_cast<std::size_t>(node.begin), end = static_cast<std::size_t>(node.end);
  float left = sorted.x[begin], right = left, bottom = sorted.y[begin], top = bottom, sum_x = 0, sum_y = 0;
  for (std::size_t i = begin; i < end; ++i) {
    left = std::min(left, sorted.x[i]);
    right = std::max(right, sorted.x[i]);
    bottom = std::min(bottom, sorted.y[i]);
    top = std::max(top, sorted.y[i]);
    sum_x += sorted.x[i];
    sum_y += sorted.y[i];
  }
  const float inverse = 1.0F / static_cast<float>(node.size());
  node = {sum_x * inverse,  sum_y * inverse, left, right, bottom, top, node.begin, node.end,
          node.first_child, node.child_count};
}

void fit_parent(TreeNode& node, const TreeNode* children) {
  float left = children->left, right = children->right, bottom = children->bottom, top = children->top;
  float sum_x = 0, sum_y = 0;
  for (const TreeNode* child = children; child != children + node.child_count; ++child) {
    left = std::min(left, child->left);
    right = std::max(right, child->right);
    bottom = std::min(bottom, child->bottom);
    top = std::max(top, child->top);
    sum_x += child->center_x * static_cast<float>(child->size());
    sum_y += child->center_y * static_cast<float>(child->size());
  }
  const float inverse = 1.0F / static_cast<float>(node.size());
  node = {sum_x * inverse,  sum_y * inverse, left, right, bottom, top, node.begin, node.end,
          node.first_child, node.child_count};
}

}  // namespace

void PointTree::split(std::int32_t node, int level, const std::vector<std::uint64_t>& keys,
                      std::vector<int>& levels) {
  const std::int32_t begin = nodes_[static_cast<std::size_t>(node)].begin;
  const std::int32_t end = nodes_[static_cast<std::size_t>(node)].end;
  // Levels on which all points fall into one quarter would only add a chain of single children.
  const auto key = [&](std::int32_t place) { return keys[static_cast<std::size_t>(place)] >> 32; };
  while (level < kLevels &&
         key(begin) >> (2 * (kLevels - 1 - level)) == key(end - 1) >> (2 * (kLevels - 1 - level)))
    ++level;
  if (end - begin <= kLeafSize || level == kLevels) return;
  const int shift = 2 * (kLevels - 1 - level);
  const auto first_child = static_cast<std::int32_t>(nodes_.size());
  for (std::int32_t from = begin; from < end;) {
    const std::uint64_t quarter = key(from) >> shift;
    const auto to = std::partition_point(keys.begin() + from, keys.begin() + end,
                                         [&](std::uint64_t k) { return k >> 32 >> shift <= quarter; });
    TreeNode child;
    child.begin = from;
    child.end = static_cast<std::int32_t>(to - keys.begin());
    nodes_.push_back(child);
    levels.push_back(level + 1);
    from = child.end;
  }
  nodes_[static_cast<std::size_t>(node)].first_child = first_child;
  nodes_[static_cast<std::size_t>(node)].child_count = static_cast<std::int32_t>(nodes_.size()) - first_child;
}

void PointTree::build(const MapPoints& map) {
  const std::vector<std::uint64_t> keys = sorted_keys(map);
  order_.resize(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) order_[i] = static_cast<std::int32_t>(keys[i] & 0xffffffffU);
  TreeNode root;
  root.end = static_cast<std::int32_t>(keys.size());
  nodes_.assign(1, root);
  leaves_.clear();
  std::vector<int> levels(1, 0);
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    split(static_cast<std::int32_t>(node), levels[node], keys, levels);
    if (nodes_[node].is_leaf()) leaves_.push_back(static_cast<std::int32_t>(node));
  }
  refit(map);
}

void PointTree::refit(const MapPoints& map) {
  sorted_.x.resize(order_.size());
  sorted_.y.resize(order_.size());
  for (std::size_t i = 0; i < order_.size(); ++i) {
    sorted_.x[i] = map.x[static_cast<std::size_t>(order_[i])];
    sorted_.y[i] = map.y[static_cast<std::size_t>(order_[i])];
  }
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    TreeNode& node = nodes_[i];
    if (node.is_leaf())
      fit_leaf(node, sorted_);
    else
      fit_parent(node, nodes_.data() + node.first_child);
  }
}

}  // namespace regimetry::projection
