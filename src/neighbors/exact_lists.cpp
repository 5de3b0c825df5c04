#include "neighbors/exact_lists.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace regimetry::neighbors {
namespace {

struct Exact {
  double squared_distance = 0;
  std::int32_t point = 0;
};

bool is_nearer(const Exact& a, const Exact& b) {
  return a.squared_distance != b.squared_distance ? a.squared_distance < b.squared_distance
                                                  : a.point < b.point;
}

// Eight sums that advance together, so that the compiler may use wide registers and still every machine adds
// in the same order.
double squared_distance(const float* a, const float* b, std::int64_t width) {
  constexpr std::int64_t kLanes = 8;
  double sums[kLanes] = {};
  std::int64_t column = 0;
  for (; column + kLanes <= width; column += kLanes) {
    for (std::int64_t lane = 0; lane < kLanes; ++lane) {
      const double difference = static_cast<double>(a[column + lane]) - static_cast<double>(b[column + lane]);
      sums[lane] += difference * difference;
    }
  }
  for (; column < width; ++column) {
    const double difference = static_cast<double>(a[column]) - static_cast<double>(b[column]);
    sums[column % kLanes] += difference * difference;
  }
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

}  // namespace

ExactLists::ExactLists(const Eigen::Ref<const MatrixF>& queries, const Eigen::Ref<const MatrixF>& points,
                       std::int64_t k)
    : queries_(queries), points_(points) {
  const auto size = static_cast<std::size_t>(queries.rows() * k);
  lists_ = {k, std::vector<std::int32_t>(size), std::vector<float>(size)};
}

void ExactLists::write(std::int64_t query, std::span<const Candidate> candidates) {
  thread_local std::vector<Exact> exact;
  exact.clear();
  for (const Candidate& candidate : candidates)
    exact.push_back(
        {squared_distance(queries_.row(query).data(), points_.row(candidate.point).data(), points_.cols()),
         candidate.point});
  const std::int64_t k = lists_.k;
  assert(static_cast<std::int64_t>(exact.size()) >= k);
  std::partial_sort(exact.begin(), exact.begin() + k, exact.end(), is_nearer);
  for (std::int64_t i = 0; i < k; ++i) {
    const Exact& neighbor = exact[static_cast<std::size_t>(i)];
    lists_.indices[static_cast<std::size_t>(query * k + i)] = neighbor.point;
    lists_.distances[static_cast<std::size_t>(query * k + i)] =
        static_cast<float>(std::sqrt(neighbor.squared_distance));
  }
}

}  // namespace regimetry::neighbors
