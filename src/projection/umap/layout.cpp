#include "projection/umap/layout.hpp"

#include <algorithm>
#include <array>

#include "projection/umap/edge_rounds.hpp"
#include "projection/umap/lane_steps.hpp"

namespace regimetry::projection {
namespace {

constexpr std::int64_t kGrain = 2048;  // edges of a round per chunk; about a third of them pull in an epoch

// Whether an edge of this rate pulls in this epoch: whenever epoch * rate passes a whole number.
bool pulls(float rate, std::int64_t epoch) {
  return static_cast<std::int32_t>(static_cast<float>(epoch) * rate) !=
         static_cast<std::int32_t>(static_cast<float>(std::max<std::int64_t>(0, epoch - 1)) * rate);
}

Forces forces_of(const LayoutOptions& options, std::int64_t epoch) {
  const double left = 1 - static_cast<double>(epoch) / static_cast<double>(options.epochs);
  return {static_cast<float>(options.curve.a), static_cast<float>(options.curve.b),
          static_cast<float>(options.learning_rate * left)};
}

void load(const MapPoints& map, const std::int32_t* points, Lanes& lanes) {
  for (std::size_t l = 0; l < kGroup; ++l) {
    lanes.x[l] = map.x[static_cast<std::size_t>(points[l])];
    lanes.y[l] = map.y[static_cast<std::size_t>(points[l])];
  }
}

void store(const Lanes& lanes, const std::int32_t* points, std::size_t count, MapPoints& map) {
  for (std::size_t l = 0; l < count; ++l) {
    map.x[static_cast<std::size_t>(points[l])] = lanes.x[l];
    map.y[static_cast<std::size_t>(points[l])] = lanes.y[l];
  }
}

// Both ends of up to kGroup edges; where there are fewer, the rest have weight 0.
struct EdgeGroup {
  std::array<std::int32_t, kGroup> first{}, second{};
  std::array<float, kGroup> weights{};
  std::size_t count = 0;
};

class PairLayout {
 public:
  PairLayout(const EdgeSchedule& edges, MapPoints start, const LayoutOptions& options, RngStream stream)
      : rounds_(edge_rounds(edges)), points_(std::move(start)), options_(options), key_(stream.next_u64()) {
    chunk_begins_.push_back(0);
    for (std::size_t round = 0; round < rounds_.size(); ++round)
      chunk_begins_.push_back(chunk_begins_.back() + (rounds_.edge_count(round) + kGrain - 1) / kGrain);
  }

  void run_epoch(std::int64_t epoch, ThreadPool& pool) {
    before_ = points_;
    const Forces forces = forces_of(options_, epoch);
    for (std::size_t round = 0; round < rounds_.size(); ++round) {
      pool.parallel_for(rounds_.edge_count(round), kGrain, [&](IndexRange edges) {
        const std::int64_t chunk = chunk_begins_[round] + edges.begin / kGrain;
        RngStream stream(key_, static_cast<std::uint64_t>(epoch * chunk_begins_.back() + chunk));
        const std::int64_t first = rounds_.begins[round];
        move_edges({first + edges.begin, first + edges.end}, epoch, forces, stream);
      });
    }
  }

  [[nodiscard]] const MapPoints& points() const { return points_; }

 private:
  void move_edges(IndexRange edges, std::int64_t epoch, const Forces& forces, RngStream& stream) {
    std::vector<double> draws(2 * static_cast<std::size_t>(options_.negatives) * kGroup);
    EdgeGroup group;
    for (auto e = static_cast<std::size_t>(edges.begin); e < static_cast<std::size_t>(edges.end); ++e) {
      group.first[group.count] = rounds_.first[e];
      group.second[group.count] = rounds_.second[e];
      group.weights[group.count] = 1;
      group.count += pulls(rounds_.rates[e], epoch) ? 1 : 0;
      if (group.count == kGroup) {
        move_group(group, forces, draws, stream);
        group.count = 0;
      }
    }
    if (group.count == 0) return;
    std::fill(group.weights.begin() + static_cast<std::ptrdiff_t>(group.count), group.weights.end(), 0.0F);
    std::fill(group.first.begin() + static_cast<std::ptrdiff_t>(group.count), group.first.end(),
              group.first[0]);
    std::fill(group.second.begin() + static_cast<std::ptrdiff_t>(group.count), group.second.end(),
              group.second[0]);
    move_group(group, forces, draws, stream);
  }

  // Every edge is seen from both its ends: twice it pulls, and each end is pushed once by drawn points.
  void move_group(const EdgeGroup& group, const Forces& forces, std::vector<double>& draws,
                  RngStream& stream) {
    stream.fill_uniform(draws);
    Lanes first, second;
    load(points_, group.first.data(), first);
    load(points_, group.second.data(), second);
    const double* drawn = draws.data();
    pull_together(first, second, group.weights.data(), forces);
    drawn = push(first, group.first, group, forces, drawn);
    pull_together(second, first, group.weights.data(), forces);
    push(second, group.second, group, forces, drawn);
    store(first, group.first.data(), group.count, points_);
    store(second, group.second.data(), group.count, points_);
  }

  const double* push(Lanes& lanes, const std::array<std::int32_t, kGroup>& self, const EdgeGroup& group,
                     const Forces& forces, const double* drawn) const {
    for (int n = 0; n < options_.negatives; ++n, drawn += kGroup) {
      push_away(lanes, self.data(), group.weights.data(), before_.x.data(), before_.y.data(), drawn,
                static_cast<double>(before_.size()), forces);
    }
    return drawn;
  }

  EdgeRounds rounds_;
  std::vector<std::int64_t> chunk_begins_;  // of each round, counted over all of them
  MapPoints points_, before_;
  LayoutOptions options_;
  std::uint64_t key_;
};

// New points move alone, each with steps of its own, so they need no rounds.
class LayoutAmong {
 public:
  LayoutAmong(const MapPoints& fixed, const EdgeSchedule& edges, const LayoutOptions& options,
              std::uint64_t key)
      : fixed_(fixed), edges_(edges), options_(options), key_(key) {}

  // Moves points first .. first + kGroup - 1, as far as there are.
  void move_group(std::size_t first, std::int64_t epoch, MapPoints& points) const {
    const std::size_t count = std::min(kGroup, points.size() - first);
    RngStream stream(key_, static_cast<std::uint64_t>(epoch) * points.size() + first);
    std::vector<double> draws(static_cast<std::size_t>(options_.negatives) * kGroup);
    const Forces forces = forces_of(options_, epoch);
    std::array<std::int32_t, kGroup> nobody;
    nobody.fill(-1);
    Lanes lanes{};
    for (std::size_t l = 0; l < count; ++l) {
      lanes.x[l] = points.x[first + l];
      lanes.y[l] = points.y[first + l];
    }
    for (std::int64_t step = 0; step < longest_row(first, count); ++step) {
      Lanes targets{};
      std::array<float, kGroup> weights{};
      for (std::size_t l = 0; l < count; ++l) load_target(first + l, step, epoch, l, targets, weights);
      stream.fill_uniform(draws);
      pull_together(lanes, targets, weights.data(), forces);
      for (int n = 0; n < options_.negatives; ++n) {
        push_away(lanes, nobody.data(), weights.data(), fixed_.x.data(), fixed_.y.data(),
                  draws.data() + static_cast<std::size_t>(n) * kGroup, static_cast<double>(fixed_.size()),
                  forces);
      }
    }
    for (std::size_t l = 0; l < count; ++l) {
      points.x[first + l] = lanes.x[l];
      points.y[first + l] = lanes.y[l];
    }
  }

 private:
  [[nodiscard]] std::int64_t longest_row(std::size_t first, std::size_t count) const {
    std::int64_t longest = 0;
    for (std::size_t i = first; i < first + count; ++i)
      longest = std::max(longest, edges_.row_begins[i + 1] - edges_.row_begins[i]);
    return longest;
  }

  // A copy: pull_together moves it too, and it is then forgotten.
  void load_target(std::size_t point, std::int64_t step, std::int64_t epoch, std::size_t lane, Lanes& targets,
                   std::array<float, kGroup>& weights) const {
    const std::int64_t edge = edges_.row_begins[point] + step;
    if (edge >= edges_.row_begins[point + 1]) return;
    const auto target = static_cast<std::size_t>(edges_.targets[static_cast<std::size_t>(edge)]);
    targets.x[lane] = fixed_.x[target];
    targets.y[lane] = fixed_.y[target];
    weights[lane] = pulls(edges_.rates[static_cast<std::size_t>(edge)], epoch) ? 1.0F : 0.0F;
  }

  const MapPoints& fixed_;
  const EdgeSchedule& edges_;
  LayoutOptions options_;
  std::uint64_t key_;
};

}  // namespace

EdgeSchedule schedule_edges(std::span<const std::int64_t> row_begins, std::span<const std::int32_t> targets,
                            std::span<const double> weights, std::int64_t epochs) {
  EdgeSchedule schedule;
  schedule.row_begins.push_back(0);
  const double largest = weights.empty() ? 1.0 : *std::max_element(weights.begin(), weights.end());
  for (std::size_t i = 0; i + 1 < row_begins.size(); ++i) {
    for (auto e = static_cast<std::size_t>(row_begins[i]); e < static_cast<std::size_t>(row_begins[i + 1]);
         ++e) {
      if (weights[e] < largest / static_cast<double>(epochs)) continue;
      schedule.targets.push_back(targets[e]);
      schedule.rates.push_back(static_cast<float>(weights[e] / largest));
    }
    schedule.row_begins.push_back(static_cast<std::int64_t>(schedule.targets.size()));
  }
  return schedule;
}

MapPoints lay_out(const EdgeSchedule& edges, MapPoints start, const LayoutOptions& options, RngStream stream,
                  ThreadPool& pool) {
  PairLayout layout(edges, std::move(start), options, stream);
  for (std::int64_t epoch = 0; epoch < options.epochs; ++epoch) layout.run_epoch(epoch, pool);
  return layout.points();
}

MapPoints lay_out_among(const MapPoints& fixed, const EdgeSchedule& edges, MapPoints start,
                        const LayoutOptions& options, RngStream stream, ThreadPool& pool) {
  const LayoutAmong layout(fixed, edges, options, stream.next_u64());
  MapPoints points = std::move(start);
  pool.parallel_for(static_cast<std::int64_t>(points.size()), kGroup, [&](IndexRange group) {
    for (std::int64_t epoch = 0; epoch < options.epochs; ++epoch)
      layout.move_group(static_cast<std::size_t>(group.begin), epoch, points);
  });
  return points;
}

}  // namespace regimetry::projection
