// The push of all points on each other: the other half of t-SNE's gradient, and its norming sum.
//
// Small maps: every pair. Larger ones: Barnes-Hut. Points of one leaf share a list of what they meet, far
// nodes as one heavy point each and near points one by one, and that list is worked off in lanes. Lists are
// kept for several iterations, in which points move little; centres and positions are always the present
// ones.
#pragma once

#include <cstdint>
#include <vector>

#include "core/parallel.hpp"
#include "projection/map_points.hpp"
#include "projection/tsne/point_tree.hpp"

namespace regimetry::projection {

struct Pushes {
  MapPoints sums;    // [N]: sum over j of q_ij^2 (y_i - y_j), with q = 1 / (1 + |y_i - y_j|^2)
  double q_sum = 0;  // sum of q_ij over ordered pairs of different points
};

// Every pair of points.
void push_exactly(const MapPoints& map, ThreadPool& pool, Pushes& pushes);

class TreeRepulsion {
 public:
  // A node counts as far when its box is smaller than `angle` times its distance from the leaf that looks.
  // Lists are made anew every `list_lifetime` calls.
  explicit TreeRepulsion(double angle, int list_lifetime = 8)
      : squared_angle_(static_cast<float>(angle * angle)), list_lifetime_(list_lifetime) {}

  void push(const MapPoints& map, ThreadPool& pool, Pushes& pushes);

 private:
  struct Met {
    std::vector<std::int32_t> far, near;  // nodes: far as a whole, near by their points
  };
  void make_lists(ThreadPool& pool);
  void push_leaf(std::size_t leaf, MapPoints& met, std::vector<float>& weights, Pushes& pushes,
                 double& q_sum) const;

  float squared_angle_;
  int list_lifetime_, age_ = 0;
  PointTree tree_;
  std::vector<Met> met_;  // per leaf
};

}  // namespace regimetry::projection
