#include "features/transform/column_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "features/operators/compensated_sum.hpp"

namespace regimetry::features {
namespace {

// A power of two that brings the largest value near 1; multiplying by it rounds nothing but what is 10^300
// times smaller than the largest.
double scale_for(double largest) {
  int exponent = 0;
  (void)std::frexp(largest, &exponent);
  return std::ldexp(1.0, std::clamp(-exponent, -1021, 1021));
}

// Two neighbours in order around `position`, with values before them at most as large.
double interpolated(std::span<double> values, std::size_t& sorted_from, double position) {
  const auto below = static_cast<std::size_t>(position);
  const double share = position - static_cast<double>(below);
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(sorted_from), nth, values.end());
  sorted_from = below;
  const double low = *nth;
  if (share == 0) return low;
  const double high = *std::min_element(nth + 1, values.end());
  // As numpy computes it: from the nearer end, so that both ends are met exactly.
  const double step = high - low;
  if (!std::isfinite(step)) return low * (1 - share) + high * share;
  return share < 0.5 ? low + step * share : high - step * (1 - share);
}

}  // namespace

MeanAndDeviation mean_and_deviation(std::span<const double> values, double fill, std::int64_t fill_count) {
  double lowest = values.front(), highest = values.front();
  for (const double x : values) {
    lowest = std::min(lowest, x);
    highest = std::max(highest, x);
  }
  if (fill_count > 0) {
    lowest = std::min(lowest, fill);
    highest = std::max(highest, fill);
  }
  if (lowest == highest) return {lowest, 0};

  const double scale = scale_for(std::max(std::abs(lowest), std::abs(highest)));
  const auto fills = static_cast<double>(fill_count);
  const double count = static_cast<double>(values.size()) + fills;
  CompensatedSum sum;
  for (const double x : values) sum.add(x * scale);
  sum.add(fill * scale * fills);
  const double mean = sum.value() / count;

  // The mean is rounded; the sum of the distances, which would be zero for the exact one, takes that back
  // out.
  CompensatedSum squares, distances;
  for (const double x : values) {
    const double distance = x * scale - mean;
    squares.add(distance * distance);
    distances.add(distance);
  }
  const double fill_distance = fill * scale - mean;
  squares.add(fill_distance * fill_distance * fills);
  distances.add(fill_distance * fills);
  const double variance = (squares.value() - distances.value() * distances.value() / count) / count;
  return {mean / scale, std::sqrt(std::max(variance, 0.0)) / scale};
}

std::vector<double> quantiles(std::span<double> values, std::span<const double> shares) {
  std::vector<std::size_t> order(shares.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return shares[a] < shares[b]; });
  std::vector<double> found(shares.size());
  std::size_t sorted_from = 0;
  for (const std::size_t i : order) {
    const double position = shares[i] * static_cast<double>(values.size() - 1);
    found[i] = interpolated(values, sorted_from, position);
  }
  return found;
}

double median(std::span<double> values) {
  constexpr double kHalf = 0.5;
  return quantiles(values, std::span(&kHalf, 1)).front();
}

double fraction_between(double x, double low, double high) noexcept {
  const double range = high - low;
  if (std::isfinite(range)) return (x - low) / range;
  return (x / 2 - low / 2) / (high / 2 - low / 2);
}

}  // namespace regimetry::features
