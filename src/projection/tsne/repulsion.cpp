#include "projection/tsne/repulsion.hpp"

#include <algorithm>

namespace regimetry::projection {
namespace {

constexpr std::int64_t kPointGrain = 64;
constexpr std::int64_t kLeafGrain = 8;

struct Push {
  float x = 0, y = 0, q_sum = 0;
};

// The push of `count` weighted points (whole lanes) on one point.
Push push_on(float x, float y, const float* xs, const float* ys, const float* weights, std::size_t count) {
  float push_x[kLanes] = {}, push_y[kLanes] = {}, q_sums[kLanes] = {};
  for (std::size_t e = 0; e < count; e += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) {
      const float dx = x - xs[e + l], dy = y - ys[e + l];
      const float q = 1.0F / (1.0F + (dx * dx + dy * dy));
      const float weighted = weights[e + l] * q;
      q_sums[l] += weighted;
      push_x[l] += weighted * q * dx;
      push_y[l] += weighted * q * dy;
    }
  }
  return {sum_lanes(push_x), sum_lanes(push_y), sum_lanes(q_sums)};
}

// Fills up to whole lanes with points of weight 0.
void pad(MapPoints& points, std::vector<float>& weights) {
  const std::size_t padded = (points.size() + kLanes - 1) / kLanes * kLanes;
  points.x.resize(padded, 0.0F);
  points.y.resize(padded, 0.0F);
  weights.resize(padded, 0.0F);
}

double sum_in_order(const std::vector<double>& parts) {
  double total = 0;
  for (const double part : parts) total += part;
  return total;
}

float squared_gap(const TreeNode& leaf, float x, float y) {
  const float dx = std::max(std::max(leaf.left - x, x - leaf.right), 0.0F);
  const float dy = std::max(std::max(leaf.bottom - y, y - leaf.top), 0.0F);
  return dx * dx + dy * dy;
}

}  // namespace

void push_exactly(const MapPoints& map, ThreadPool& pool, Pushes& pushes) {
  MapPoints all = map;
  std::vector<float> weights(map.size(), 1.0F);
  pad(all, weights);
  pushes.sums.x.resize(map.size());
  pushes.sums.y.resize(map.size());
  const auto point_count = static_cast<std::int64_t>(map.size());
  std::vector<double> parts(static_cast<std::size_t>((point_count + kPointGrain - 1) / kPointGrain), 0.0);
  pool.parallel_for(point_count, kPointGrain, [&](IndexRange points) {
    double sum = 0;
    for (auto i = static_cast<std::size_t>(points.begin); i < static_cast<std::size_t>(points.end); ++i) {
      const Push push =
          push_on(map.x[i], map.y[i], all.x.data(), all.y.data(), weights.data(), weights.size());
      pushes.sums.x[i] = push.x;
      pushes.sums.y[i] = push.y;
      sum += static_cast<double>(push.q_sum) - 1.0;  // a point meets itself with q = 1
    }
    parts[static_cast<std::size_t>(points.begin / kPointGrain)] = sum;
  });
  pushes.q_sum = sum_in_order(parts);
}

void TreeRepulsion::make_lists(ThreadPool& pool) {
  const std::vector<TreeNode>& nodes = tree_.nodes();
  met_.resize(tree_.leaves().size());
  pool.parallel_for(static_cast<std::int64_t>(met_.size()), kLeafGrain, [&](IndexRange leaves) {
    std::vector<std::int32_t> open;
    for (auto l = static_cast<std::size_t>(leaves.begin); l < static_cast<std::size_t>(leaves.end); ++l) {
      const TreeNode& leaf = nodes[static_cast<std::size_t>(tree_.leaves()[l])];
      met_[l].far.clear();
      met_[l].near.clear();
      open.assign(1, 0);
      while (!open.empty()) {
        const std::int32_t index = open.back();
        const TreeNode& node = nodes[static_cast<std::size_t>(index)];
        open.pop_back();
        const float extent = std::max(node.right - node.left, node.top - node.bottom);
        if (extent * extent < squared_angle_ * squared_gap(leaf, node.center_x, node.center_y)) {
          met_[l].far.push_back(index);
        } else if (node.is_leaf()) {
          met_[l].near.push_back(index);
        } else {
          for (std::int32_t child = 0; child < node.child_count; ++child)
            open.push_back(node.first_child + child);
        }
      }
    }
  });
}

void TreeRepulsion::push_leaf(std::size_t leaf, MapPoints& met, std::vector<float>& weights, Pushes& pushes,
                              double& q_sum) const {
  const MapPoints& sorted = tree_.sorted();
  met.x.clear();
  met.y.clear();
  weights.clear();
  for (const std::int32_t index : met_[leaf].far) {
    const TreeNode& node = tree_.nodes()[static_cast<std::size_t>(index)];
    met.x.push_back(node.center_x);
    met.y.push_back(node.center_y);
    weights.push_back(static_cast<float>(node.size()));
  }
  for (const std::int32_t index : met_[leaf].near) {
    const TreeNode& node = tree_.nodes()[static_cast<std::size_t>(index)];
    met.x.insert(met.x.end(), sorted.x.begin() + node.begin, sorted.x.begin() + node.end);
    met.y.insert(met.y.end(), sorted.y.begin() + node.begin, sorted.y.begin() + node.end);
  }
  weights.resize(met.size(), 1.0F);
  pad(met, weights);
  const TreeNode& own = tree_.nodes()[static_cast<std::size_t>(tree_.leaves()[leaf])];
  for (auto place = static_cast<std::size_t>(own.begin); place < static_cast<std::size_t>(own.end); ++place) {
    const Push push =
        push_on(sorted.x[place], sorted.y[place], met.x.data(), met.y.data(), weights.data(), weights.size());
    const auto point = static_cast<std::size_t>(tree_.order()[place]);
    pushes.sums.x[point] = push.x;
    pushes.sums.y[point] = push.y;
    q_sum += static_cast<double>(push.q_sum) - 1.0;  // a point meets itself with q = 1
  }
}

void TreeRepulsion::push(const MapPoints& map, ThreadPool& pool, Pushes& pushes) {
  if (age_ == 0) {
    tree_.build(map);
    make_lists(pool);
  } else {
    tree_.refit(map);
  }
  age_ = (age_ + 1) % list_lifetime_;
  pushes.sums.x.resize(map.size());
  pushes.sums.y.resize(map.size());
  const auto leaf_count = static_cast<std::int64_t>(met_.size());
  std::vector<double> parts(static_cast<std::size_t>((leaf_count + kLeafGrain - 1) / kLeafGrain), 0.0);
  pool.parallel_for(leaf_count, kLeafGrain, [&](IndexRange leaves) {
    MapPoints met;
    std::vector<float> weights;
    double sum = 0;
    for (auto l = static_cast<std::size_t>(leaves.begin); l < static_cast<std::size_t>(leaves.end); ++l)
      push_leaf(l, met, weights, pushes, sum);
    parts[static_cast<std::size_t>(leaves.begin / kLeafGrain)] = sum;
  });
  pushes.q_sum = sum_in_order(parts);
}

}  // namespace regimetry::projection
