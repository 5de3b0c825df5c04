#include "regimes/agglomerative/ward_tree.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace regimetry::regimes {
namespace {

// The clusters that are left, side by side: slot s is column s. A cluster is known by one of its rows.
class Clusters {
 public:
  explicit Clusters(const Eigen::Ref<const MatrixF>& values)
      : count_(values.rows()),
        width_(values.cols()),
        means_(values.transpose().cast<double>()),
        sizes_(static_cast<std::size_t>(count_), 1.0),
        rows_(static_cast<std::size_t>(count_)),
        slots_(rows_.size()) {
    std::iota(rows_.begin(), rows_.end(), 0);
    std::iota(slots_.begin(), slots_.end(), 0);
  }

  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  [[nodiscard]] std::int64_t first_row() const noexcept { return rows_[0]; }

  struct Neighbor {
    std::int64_t row = -1;
    double growth = std::numeric_limits<double>::infinity();  // of the sum of squares when joined
  };
  // The cluster nearest to that of `row`; `preferred` (a row, or -1) before equals, so that a chain ends.
  [[nodiscard]] Neighbor nearest(std::int64_t row, std::int64_t preferred) const {
    const std::int64_t mine = slot(row);
    Neighbor best;
    std::array<double, kBlock> growths;
    for (std::int64_t first = 0; first < count_; first += kBlock) {
      const std::int64_t block = std::min(kBlock, count_ - first);
      growths_of(mine, first, block, growths);
      for (std::int64_t i = 0; i < block; ++i) {
        const double growth = growths[static_cast<std::size_t>(i)];
        if (growth > best.growth || first + i == mine) continue;
        const std::int64_t other = rows_[static_cast<std::size_t>(first + i)];
        if (growth < best.growth || other == preferred) best = {other, growth};
      }
    }
    return best;
  }

  // The joined cluster goes by `kept`; `gone` is a cluster no more.
  void join(std::int64_t kept, std::int64_t gone) {
    const std::int64_t a = slot(kept), b = slot(gone);
    double& size = sizes_[static_cast<std::size_t>(a)];
    const double added = sizes_[static_cast<std::size_t>(b)];
    for (std::int64_t column = 0; column < width_; ++column)
      means_(column, a) += (means_(column, b) - means_(column, a)) * (added / (size + added));
    size += added;
    remove(b);
  }

 private:
  static constexpr std::int64_t kBlock = 256;

  [[nodiscard]] std::int64_t slot(std::int64_t row) const { return slots_[static_cast<std::size_t>(row)]; }

  void growths_of(std::int64_t mine, std::int64_t first, std::int64_t block,
                  std::array<double, kBlock>& growths) const {
    const auto count = static_cast<std::size_t>(block);
    std::fill_n(growths.begin(), count, 0.0);
    for (std::int64_t column = 0; column < width_; ++column) {
      const double center = means_(column, mine);
      const double* others = means_.row(column).data() + first;
      for (std::size_t i = 0; i < count; ++i) growths[i] += (others[i] - center) * (others[i] - center);
    }
    const double size = sizes_[static_cast<std::size_t>(mine)];
    const double* others = sizes_.data() + first;
    for (std::size_t i = 0; i < count; ++i) growths[i] *= size * others[i] / (size + others[i]);
  }

  // The last cluster takes the free slot.
  void remove(std::int64_t slot) {
    const std::int64_t last = --count_;
    means_.col(slot) = means_.col(last);
    sizes_[static_cast<std::size_t>(slot)] = sizes_[static_cast<std::size_t>(last)];
    const std::int64_t row = rows_[static_cast<std::size_t>(last)];
    rows_[static_cast<std::size_t>(slot)] = row;
    slots_[static_cast<std::size_t>(row)] = slot;
  }

  std::int64_t count_, width_;
  MatrixD means_;                    // [D, N], the first count_ columns in use
  std::vector<double> sizes_;        // [N]
  std::vector<std::int64_t> rows_;   // [N], a row of the cluster in each slot
  std::vector<std::int64_t> slots_;  // [N], the slot of the cluster that goes by a row
};

std::int64_t find_root(std::vector<std::int64_t>& parents, std::int64_t row) {
  while (parents[static_cast<std::size_t>(row)] != row) {
    std::int64_t& parent = parents[static_cast<std::size_t>(row)];
    parent = parents[static_cast<std::size_t>(parent)];
    row = parent;
  }
  return row;
}

}  // namespace

std::vector<WardJoin> ward_tree(const Eigen::Ref<const MatrixF>& values) {
  assert(values.rows() >= 1);
  Clusters clusters(values);
  std::vector<WardJoin> joins;
  std::vector<std::int64_t> chain;  // each the nearest of the one before it
  while (clusters.count() > 1) {
    if (chain.empty()) chain.push_back(clusters.first_row());
    const std::int64_t before = chain.size() > 1 ? chain[chain.size() - 2] : -1;
    const Clusters::Neighbor next = clusters.nearest(chain.back(), before);
    if (next.row != before) {
      chain.push_back(next.row);
      continue;
    }
    // Each is the other's nearest: whatever else is joined, these two will be.
    const auto [kept, gone] = std::minmax({chain.back(), before});
    joins.push_back({kept, gone, std::sqrt(2 * next.growth)});
    chain.resize(chain.size() - 2);
    clusters.join(kept, gone);
  }
  std::stable_sort(joins.begin(), joins.end(),
                   [](const WardJoin& a, const WardJoin& b) { return a.height < b.height; });
  return joins;
}

std::vector<std::int32_t> cut_tree(const std::vector<WardJoin>& joins, int count) {
  const std::size_t row_count = joins.size() + 1;
  assert(count >= 1 && static_cast<std::size_t>(count) <= row_count);
  std::vector<std::int64_t> parents(row_count);
  std::iota(parents.begin(), parents.end(), 0);
  for (std::size_t i = 0; i < row_count - static_cast<std::size_t>(count); ++i) {
    const std::int64_t first = find_root(parents, joins[i].first);
    parents[static_cast<std::size_t>(find_root(parents, joins[i].second))] = first;
  }
  std::vector<std::int32_t> labels(row_count), label_of_root(row_count, -1);
  std::int32_t next = 0;
  for (std::size_t row = 0; row < row_count; ++row) {
    std::int32_t& label =
        label_of_root[static_cast<std::size_t>(find_root(parents, static_cast<std::int64_t>(row)))];
    if (label < 0) label = next++;
    labels[row] = label;
  }
  return labels;
}

}  // namespace regimetry::regimes
