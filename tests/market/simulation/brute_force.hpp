// The oracle by definition: every regime path of a short series, with its probability. Slow, and obviously
// right.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

class BruteForce {
 public:
  // `densities` [T][K]: density of each return in each regime, up to a factor common to all regimes.
  BruteForce(const RegimeParameters& parameters, std::vector<std::vector<double>> densities)
      : parameters_(parameters), densities_(std::move(densities)) {}

  // P(regime of bar `bar` = k | returns 0 .. last_bar), [K].
  [[nodiscard]] std::vector<double> posterior(std::size_t bar, std::size_t last_bar) const {
    std::vector<double> sums(parameters_.means.size(), 0.0);
    double total = 0;
    for_each_path(last_bar + 1, [&](const std::vector<int>& path, double weight) {
      sums[static_cast<std::size_t>(path[bar])] += weight;
      total += weight;
    });
    for (double& sum : sums) sum /= total;
    return sums;
  }

  [[nodiscard]] std::vector<std::int32_t> best_path() const {
    std::vector<std::int32_t> best;
    double best_weight = -1;
    for_each_path(densities_.size(), [&](const std::vector<int>& path, double weight) {
      if (weight <= best_weight) return;
      best_weight = weight;
      best.assign(path.begin(), path.end());
    });
    return best;
  }

  // P(path) times the densities of its bars.
  [[nodiscard]] double weight(const std::vector<int>& path) const {
    double product = path_probability(path);
    for (std::size_t t = 0; t < path.size(); ++t) product *= densities_[t][static_cast<std::size_t>(path[t])];
    return product;
  }

 private:
  void for_each_path(std::size_t length,
                     const std::function<void(const std::vector<int>&, double)>& visit) const {
    const int k = parameters_.regime_count();
    std::vector<int> path(length, 0);
    while (true) {
      visit(path, weight(path));
      std::size_t digit = 0;
      while (digit < length && ++path[digit] == k) path[digit++] = 0;
      if (digit == length) return;
    }
  }

  // By whole stays: the first is the rest of one that runs in any phase, the last is only known to reach the
  // end.
  [[nodiscard]] double path_probability(const std::vector<int>& path) const {
    double probability = parameters_.stationary_shares()[static_cast<std::size_t>(path[0])];
    std::size_t begin = 0;
    while (true) {
      std::size_t end = begin;
      while (end < path.size() && path[end] == path[begin]) ++end;
      const int regime = path[begin];
      const int length = static_cast<int>(end - begin);
      const bool is_last = end == path.size();
      probability *=
          begin == 0 ? rest_law(regime, length, is_last) : stay_law(phases(), regime, length, is_last);
      if (is_last) return probability;
      probability *=
          parameters_.transition_at(regime, path[end]) / (1 - parameters_.transition_at(regime, regime));
      begin = end;
    }
  }

  [[nodiscard]] int phases() const { return parameters_.dwell_shape; }
  [[nodiscard]] double rest_law(int regime, int length, bool at_least) const {
    double sum = 0;
    for (int left = 1; left <= phases(); ++left) sum += stay_law(left, regime, length, at_least) / phases();
    return sum;
  }
  // P(sum of n geometric times = d), or >= d: 1 - the sum of the shorter ones.
  [[nodiscard]] double stay_law(int n, int regime, int d, bool at_least) const {
    const double q = phases() * (1 - parameters_.transition_at(regime, regime));
    const auto exact = [&](int length) {
      if (length < n) return 0.0;
      return std::exp(std::lgamma(length) - std::lgamma(n) - std::lgamma(length - n + 1)) * std::pow(q, n) *
             std::pow(1 - q, length - n);
    };
    if (!at_least) return exact(d);
    double shorter = 0;
    for (int length = 1; length < d; ++length) shorter += exact(length);
    return 1 - shorter;
  }

  RegimeParameters parameters_;
  std::vector<std::vector<double>> densities_;
};

}  // namespace regimetry::market
