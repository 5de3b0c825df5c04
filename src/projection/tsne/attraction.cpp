#include "projection/tsne/attraction.hpp"

#include <algorithm>

#include "core/portable_math.hpp"

namespace regimetry::projection {

Attraction::Attraction(const SymmetricGraph& similarities) {
  constexpr auto kStep = static_cast<std::int64_t>(kLanes);
  row_begins_.push_back(0);
  for (std::int64_t i = 0; i < similarities.size(); ++i) {
    const std::int64_t begin = similarities.row_begins[static_cast<std::size_t>(i)];
    const std::int64_t end = similarities.row_begins[static_cast<std::size_t>(i) + 1];
    for (std::int64_t e = begin; e < end; ++e) {
      neighbors_.push_back(similarities.neighbors[static_cast<std::size_t>(e)]);
      weights_.push_back(static_cast<float>(similarities.weights[static_cast<std::size_t>(e)]));
    }
    row_begins_.push_back(row_begins_.back() + (end - begin + kStep - 1) / kStep * kStep);
    neighbors_.resize(static_cast<std::size_t>(row_begins_.back()), static_cast<std::int32_t>(i));
    weights_.resize(static_cast<std::size_t>(row_begins_.back()), 0.0F);
  }
}

Attraction::Pull Attraction::pull_on(std::int64_t point, const MapPoints& map) const {
  const float* const xs = map.x.data();
  const float* const ys = map.y.data();
  const float x = xs[point], y = ys[point];
  float pull_x[kLanes] = {}, pull_y[kLanes] = {};
  const std::int64_t end = row_begins_[static_cast<std::size_t>(point) + 1];
  for (std::int64_t e = row_begins_[static_cast<std::size_t>(point)]; e < end; e += kLanes) {
    const std::int32_t* const neighbors = neighbors_.data() + e;
    const float* const weights = weights_.data() + e;
    for (std::size_t l = 0; l < kLanes; ++l) {
      const float dx = x - xs[neighbors[l]], dy = y - ys[neighbors[l]];
      const float strength = weights[l] / (1.0F + (dx * dx + dy * dy));
      pull_x[l] += strength * dx;
      pull_y[l] += strength * dy;
    }
  }
  return {sum_lanes(pull_x), sum_lanes(pull_y)};
}

double Attraction::divergence(const MapPoints& map, double q_sum, ThreadPool& pool) const {
  constexpr std::int64_t kGrain = 256;
  const auto point_count = static_cast<std::int64_t>(map.size());
  std::vector<double> parts(static_cast<std::size_t>((point_count + kGrain - 1) / kGrain), 0.0);
  pool.parallel_for(point_count, kGrain, [&](IndexRange rows) {
    double sum = 0;
    std::vector<double> ratios;
    for (std::int64_t i = rows.begin; i < rows.end; ++i) {
      const auto begin = static_cast<std::size_t>(row_begins_[static_cast<std::size_t>(i)]);
      const auto end = static_cast<std::size_t>(row_begins_[static_cast<std::size_t>(i) + 1]);
      ratios.assign(end - begin, 1.0);
      for (std::size_t e = begin; e < end; ++e) {
        const auto j = static_cast<std::size_t>(neighbors_[e]);
        const double dx = map.x[static_cast<std::size_t>(i)] - map.x[j];
        const double dy = map.y[static_cast<std::size_t>(i)] - map.y[j];
        if (weights_[e] > 0) ratios[e - begin] = weights_[e] * q_sum * (1 + dx * dx + dy * dy);
      }
      portable_log(ratios, ratios);
      for (std::size_t e = begin; e < end; ++e) sum += weights_[e] * ratios[e - begin];
    }
    parts[static_cast<std::size_t>(rows.begin / kGrain)] = sum;
  });
  double total = 0;
  for (const double part : parts) total += part;
  return total;
}

}  // namespace regimetry::projection
