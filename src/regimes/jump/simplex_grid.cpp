#include "regimes/jump/simplex_grid.hpp"

#include <vector>

namespace regimetry::regimes {
namespace {

constexpr int kFewestSteps = 2, kMostSteps = 20;  // 20: weights in units of .05, as in the paper

std::int64_t count_points(int regime_count, int steps) {
  std::int64_t count = 1;
  for (int k = 1; k < regime_count; ++k) count = count * (steps + k) / k;
  return count;
}

}  // namespace

MatrixD simplex_grid(int regime_count, int steps) {
  MatrixD grid(count_points(regime_count, steps), regime_count);
  std::vector<int> weights(static_cast<std::size_t>(regime_count), 0);
  weights[0] = steps;
  for (Eigen::Index row = 0; row < grid.rows(); ++row) {
    for (int k = 0; k < regime_count; ++k)
      grid(row, k) = static_cast<double>(weights[static_cast<std::size_t>(k)]) / steps;
    // The next one: a unit moves on from the last place, left of the end, that has any, and takes the end
    // along.
    int from = regime_count - 2;
    while (from >= 0 && weights[static_cast<std::size_t>(from)] == 0) --from;
    if (from < 0) break;
    const int end = weights.back();
    weights.back() = 0;
    --weights[static_cast<std::size_t>(from)];
    weights[static_cast<std::size_t>(from) + 1] += end + 1;
  }
  return grid;
}

int simplex_steps(int regime_count, int most_points) {
  int steps = kMostSteps;
  while (steps > kFewestSteps && count_points(regime_count, steps) > most_points) --steps;
  return steps;
}

}  // namespace regimetry::regimes
