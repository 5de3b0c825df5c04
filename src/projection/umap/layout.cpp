#include "projection/umap/layout.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace regimetry::projection {
namespace {

// Points worked on side by side: four registers of sixteen, so that the processor has something to do while
// one waits for its long chain of operations.
constexpr std::size_t kGroup = 64;
constexpr std::int64_t kGroupGrain = 2;
// Groups are worked on in turns, and each turn sees what the earlier ones did: joined points that all moved
// towards each other at once would swap places while steps are long.
constexpr std::int64_t kBatches = 8;
constexpr float kSmallestSquare = 1e-12F;  // below it two points coincide and do not move each other
constexpr float kLongestStep = 4.0F;       // per coordinate, before the learning rate

// x^b for x > 0: 2^(b log2 x), by polynomials, about six digits. Plain arithmetic, so loops over it become
// vector code with the same bits everywhere.
inline float power(float x, float b) {
  // x = 2^exponent * m, with m in [sqrt(1/2), sqrt(2)).
  const std::int32_t bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t exponent = (bits - 0x3f3504f3) >> 23;
  const float t = std::bit_cast<float>(bits - (exponent << 23)) - 1.0F;
  float log2 = 0.17212874F;
  log2 = log2 * t - 0.26950628F;
  log2 = log2 * t + 0.29563361F;
  log2 = log2 * t - 0.35935065F;
  log2 = log2 * t + 0.48062915F;
  log2 = log2 * t - 0.72136402F;
  log2 = log2 * t + 1.44269645F;
  const float scaled = b * (static_cast<float>(exponent) + log2 * t);
  constexpr float kRounder = 12582912.0F;  // 1.5 * 2^23: adding it rounds to a whole number
  const float whole = (scaled + kRounder) - kRounder;
  const float r = scaled - whole;
  float exp2 = 0.0013400433F;
  exp2 = exp2 * r + 0.0096760374F;
  exp2 = exp2 * r + 0.055503271F;
  exp2 = exp2 * r + 0.24022107F;
  exp2 = exp2 * r + 0.69314718F;
  exp2 = exp2 * r + 1.0000001F;
  return exp2 * std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
}

inline float clip(float step) {
  step = step > kLongestStep ? kLongestStep : step;
  return step < -kLongestStep ? -kLongestStep : step;
}

// What a lane holds: one point on its way through an epoch.
struct Lanes {
  float x[kGroup], y[kGroup];
};

struct Forces {
  float a = 0, b = 0, rate = 0;
};

// The lanes are a copy of their own (`__restrict`): without that promise the compiler must expect each store
// to move a point that a later lane reads, and works them off one by one.

// One step of each lane towards its target; lanes of weight 0 stay.
void pull(Lanes& __restrict lanes, const float* __restrict xs, const float* __restrict ys,
          const std::int32_t* targets, const float* weights, const Forces& forces) {
  for (std::size_t l = 0; l < kGroup; ++l) {
    const float dx = lanes.x[l] - xs[targets[l]], dy = lanes.y[l] - ys[targets[l]];
    float square = dx * dx + dy * dy;
    square = square < kSmallestSquare ? kSmallestSquare : square;
    const float curve = forces.a * power(square, forces.b);
    const float strength = -2.0F * forces.b * curve / (square * (curve + 1.0F));
    const float rate = weights[l] * forces.rate;
    lanes.x[l] += rate * clip(strength * dx);
    lanes.y[l] += rate * clip(strength * dy);
  }
}

// One step of each lane away from a drawn point.
void push(Lanes& __restrict lanes, const float* __restrict xs, const float* __restrict ys,
          const std::int32_t* drawn, const float* weights, const Forces& forces) {
  for (std::size_t l = 0; l < kGroup; ++l) {
    const float dx = lanes.x[l] - xs[drawn[l]], dy = lanes.y[l] - ys[drawn[l]];
    float square = dx * dx + dy * dy;
    square = square < kSmallestSquare ? kSmallestSquare : square;
    const float curve = forces.a * power(square, forces.b);
    const float strength = 2.0F * forces.b / ((0.001F + square) * (curve + 1.0F));
    const float rate = weights[l] * forces.rate;
    lanes.x[l] += rate * clip(strength * dx);
    lanes.y[l] += rate * clip(strength * dy);
  }
}

class Layout {
 public:
  // `fixed` null: the points themselves push and are pulled to.
  Layout(const EdgeSchedule& edges, MapPoints start, const MapPoints* fixed, const LayoutOptions& options,
         RngStream stream)
      : edges_(edges),
        points_(std::move(start)),
        next_(points_),
        fixed_(fixed),
        options_(options),
        key_(stream.next_u64()),
        order_(by_falling_rate(edges)) {}

  void run_epoch(std::int64_t epoch, ThreadPool& pool) {
    for (std::int64_t batch = 0; batch < kBatches; ++batch) {
      const std::int64_t batch_groups = (group_count() - batch + kBatches - 1) / kBatches;
      pool.parallel_for(batch_groups, kGroupGrain, [&](IndexRange groups) {
        Scratch scratch;
        for (std::int64_t group = groups.begin; group < groups.end; ++group)
          move_group(batch + group * kBatches, epoch, scratch);
      });
      for (std::int64_t group = 0; group < batch_groups; ++group) show_group(batch + group * kBatches);
    }
  }

  [[nodiscard]] const MapPoints& points() const { return points_; }

 private:
  struct Scratch {
    std::vector<std::int32_t> targets, negatives;  // [steps, kGroup], [negatives, kGroup]
    std::vector<float> weights;                    // [steps, kGroup]: 1, or 0 where a lane has no step left
    std::vector<double> draws;
  };

  // Lanes of a group then have about the same number of steps, and few stand idle.
  static std::vector<std::int32_t> by_falling_rate(const EdgeSchedule& edges) {
    const std::size_t point_count = edges.row_begins.size() - 1;
    std::vector<float> sums(point_count, 0.0F);
    for (std::size_t i = 0; i < point_count; ++i)
      for (std::int64_t e = edges.row_begins[i]; e < edges.row_begins[i + 1]; ++e)
        sums[i] += edges.rates[static_cast<std::size_t>(e)];
    std::vector<std::int32_t> order(point_count);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return sums[static_cast<std::size_t>(a)] > sums[static_cast<std::size_t>(b)];
    });
    return order;
  }

  [[nodiscard]] std::int64_t group_count() const {
    return (static_cast<std::int64_t>(order_.size()) + static_cast<std::int64_t>(kGroup) - 1) /
           static_cast<std::int64_t>(kGroup);
  }

  [[nodiscard]] std::span<const std::int32_t> members_of(std::int64_t group) const {
    const std::size_t first = static_cast<std::size_t>(group) * kGroup;
    return std::span(order_).subspan(first, std::min(kGroup, order_.size() - first));
  }

  // From now on the others see where the group has gone.
  void show_group(std::int64_t group) {
    for (const std::int32_t member : members_of(group)) {
      points_.x[static_cast<std::size_t>(member)] = next_.x[static_cast<std::size_t>(member)];
      points_.y[static_cast<std::size_t>(member)] = next_.y[static_cast<std::size_t>(member)];
    }
  }

  // The targets that pull in this epoch, lane by lane; returns the number of steps. An edge of rate r pulls
  // whenever epoch * r passes a whole number.
  std::size_t collect_steps(std::span<const std::int32_t> lanes, std::int64_t epoch, Scratch& scratch) const {
    std::size_t counts[kGroup] = {}, steps = 0, longest = 0;
    for (const std::int32_t point : lanes) {
      const auto i = static_cast<std::size_t>(point);
      longest = std::max(longest, static_cast<std::size_t>(edges_.row_begins[i + 1] - edges_.row_begins[i]));
    }
    // One row more than needed, as a target is written before it is known whether it counts.
    scratch.targets.resize((longest + 1) * kGroup);
    const auto now = static_cast<float>(epoch),
               before = static_cast<float>(std::max<std::int64_t>(0, epoch - 1));
    for (std::size_t l = 0; l < lanes.size(); ++l) {
      const auto i = static_cast<std::size_t>(lanes[l]);
      for (auto e = static_cast<std::size_t>(edges_.row_begins[i]);
           e < static_cast<std::size_t>(edges_.row_begins[i + 1]); ++e) {
        scratch.targets[counts[l] * kGroup + l] = edges_.targets[e];
        counts[l] += static_cast<std::int32_t>(now * edges_.rates[e]) !=
                             static_cast<std::int32_t>(before * edges_.rates[e])
                         ? 1
                         : 0;
      }
      steps = std::max(steps, counts[l]);
    }
    scratch.weights.assign(steps * kGroup, 0.0F);
    for (std::size_t l = 0; l < kGroup; ++l) {
      for (std::size_t step = 0; step < counts[l]; ++step) scratch.weights[step * kGroup + l] = 1.0F;
      for (std::size_t step = counts[l]; step < steps; ++step) scratch.targets[step * kGroup + l] = 0;
    }
    return steps;
  }

  void draw_negatives(std::int64_t group, std::int64_t epoch, std::size_t count, Scratch& scratch) const {
    scratch.draws.resize(count);
    scratch.negatives.resize(count);
    RngStream(key_, static_cast<std::uint64_t>(epoch * group_count() + group)).fill_uniform(scratch.draws);
    const auto bound = static_cast<double>(others().size());
    for (std::size_t i = 0; i < count; ++i)
      scratch.negatives[i] = static_cast<std::int32_t>(scratch.draws[i] * bound);
  }

  void move_group(std::int64_t group, std::int64_t epoch, Scratch& scratch) {
    const std::span<const std::int32_t> members = members_of(group);
    const std::size_t steps = collect_steps(members, epoch, scratch);
    const auto negatives = static_cast<std::size_t>(options_.negatives);
    draw_negatives(group, epoch, steps * negatives * kGroup, scratch);
    Lanes lanes{};
    std::int32_t self[kGroup];
    std::fill(std::begin(self), std::end(self), -1);
    for (std::size_t l = 0; l < members.size(); ++l) {
      lanes.x[l] = points_.x[static_cast<std::size_t>(members[l])];
      lanes.y[l] = points_.y[static_cast<std::size_t>(members[l])];
      if (fixed_ == nullptr) self[l] = members[l];
    }
    take_steps(lanes, self, steps, epoch, scratch);
    for (std::size_t l = 0; l < members.size(); ++l) {
      next_.x[static_cast<std::size_t>(members[l])] = lanes.x[l];
      next_.y[static_cast<std::size_t>(members[l])] = lanes.y[l];
    }
  }

  void take_steps(Lanes& lanes, const std::int32_t* self, std::size_t steps, std::int64_t epoch,
                  const Scratch& scratch) const {
    const float* const xs = others().x.data();
    const float* const ys = others().y.data();
    const double left = 1 - static_cast<double>(epoch) / static_cast<double>(options_.epochs);
    const Forces forces{static_cast<float>(options_.curve.a), static_cast<float>(options_.curve.b),
                        static_cast<float>(options_.learning_rate * left)};
    const std::int32_t* drawn = scratch.negatives.data();
    for (std::size_t step = 0; step < steps; ++step) {
      const std::int32_t* const targets = scratch.targets.data() + step * kGroup;
      const float* const weights = scratch.weights.data() + step * kGroup;
      pull(lanes, xs, ys, targets, weights, forces);
      for (int n = 0; n < options_.negatives; ++n, drawn += kGroup) {
        float others_only[kGroup];
        for (std::size_t l = 0; l < kGroup; ++l) others_only[l] = drawn[l] == self[l] ? 0.0F : weights[l];
        push(lanes, xs, ys, drawn, others_only, forces);
      }
      // The same edge seen from its other end, which pulls without pushes.
      if (fixed_ == nullptr) pull(lanes, xs, ys, targets, weights, forces);
    }
  }

  [[nodiscard]] const MapPoints& others() const { return fixed_ == nullptr ? points_ : *fixed_; }

  const EdgeSchedule& edges_;
  MapPoints points_, next_;
  const MapPoints* fixed_;
  LayoutOptions options_;
  std::uint64_t key_;
  std::vector<std::int32_t> order_;
};

MapPoints run(Layout layout, std::int64_t epochs, ThreadPool& pool) {
  for (std::int64_t epoch = 0; epoch < epochs; ++epoch) layout.run_epoch(epoch, pool);
  return layout.points();
}

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
  return run(Layout(edges, std::move(start), nullptr, options, stream), options.epochs, pool);
}

MapPoints lay_out_among(const MapPoints& fixed, const EdgeSchedule& edges, MapPoints start,
                        const LayoutOptions& options, RngStream stream, ThreadPool& pool) {
  return run(Layout(edges, std::move(start), &fixed, options, stream), options.epochs, pool);
}

}  // namespace regimetry::projection
