// The recursions of the oracle over one bar: filter, smoother and Viterbi, for a chain of n states.
//
// Size is a template argument so that the small chains of most markets (n up to 8) run without loops; 0 means
// "any size, known at run time". Inside oracle.cpp only.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/portable_math.hpp"
#include "market/simulation/hidden_chain.hpp"

namespace regimetry::market {

template <int kSize>
class OracleRecursions {
 public:
  explicit OracleRecursions(const HiddenChain& chain)
      : states_(chain.state_count),
        phases_(chain.phase_count),
        transition_(chain.transition),
        scratch_(states()) {
    for (const double p : chain.transition) log_transition_.push_back(portable_log(p));
  }

  [[nodiscard]] int states() const noexcept { return kSize > 0 ? kSize : states_; }

  // next[j] = sum_i now[i] P[i][j]
  void predict(const double* now, double* next) const noexcept {
    const int n = states();
    for (int j = 0; j < n; ++j) next[j] = now[0] * transition_[static_cast<std::size_t>(j)];
    for (int i = 1; i < n; ++i) {
      const double* row = transition_.data() + static_cast<std::size_t>(i) * n;
      for (int j = 0; j < n; ++j) next[j] += now[i] * row[j];
    }
  }

  // filtered = predicted * likelihood, normalised. Both emission rows are by regime.
  void update(const double* predicted, const double* likelihood, const double* log_density,
              double* filtered) const noexcept {
    const int n = states();
    double sum = 0;
    for (int j = 0; j < n; ++j) {
      filtered[j] = predicted[j] * likelihood[regime_of(j)];
      sum += filtered[j];
    }
    if (sum < kSmallestSum) {
      update_in_logs(predicted, log_density, filtered);
      return;
    }
    const double scale = 1 / sum;
    for (int j = 0; j < n; ++j) filtered[j] *= scale;
  }

  // Kim's step back: smoothed[t] from filtered[t], predicted[t+1] and smoothed[t+1]. `smoothed` is
  // overwritten in place.
  void smooth(const double* filtered, const double* predicted_next, double* smoothed) noexcept {
    const int n = states();
    for (int j = 0; j < n; ++j)
      scratch_[static_cast<std::size_t>(j)] = predicted_next[j] > 0 ? smoothed[j] / predicted_next[j] : 0;
    double sum = 0;
    for (int i = 0; i < n; ++i) {
      const double* row = transition_.data() + static_cast<std::size_t>(i) * n;
      double back = row[0] * scratch_[0];
      for (int j = 1; j < n; ++j) back += row[j] * scratch_[static_cast<std::size_t>(j)];
      smoothed[i] = filtered[i] * back;
      sum += smoothed[i];
    }
    const double scale = 1 / sum;
    for (int i = 0; i < n; ++i) smoothed[i] *= scale;
  }

  // One bar of Viterbi: scores and the best predecessor of each state. For chains whose states are regimes.
  void extend_path(double* scores, const double* log_density, std::uint8_t* predecessors) noexcept {
    const int n = states();
    double* best = scratch_.data();
    std::int64_t from[kSize > 0 ? kSize : 256];
    for (int j = 0; j < n; ++j) {
      best[j] = scores[0] + log_transition_[static_cast<std::size_t>(j)];
      from[j] = 0;
    }
    for (int i = 1; i < n; ++i) {
      const double* row = log_transition_.data() + static_cast<std::size_t>(i) * n;
      for (int j = 0; j < n; ++j) {
        const double candidate = scores[i] + row[j];
        from[j] = candidate > best[j] ? i : from[j];
        best[j] = candidate > best[j] ? candidate : best[j];
      }
    }
    for (int j = 0; j < n; ++j) {
      scores[j] = best[j] + log_density[j];
      predecessors[j] = static_cast<std::uint8_t>(from[j]);
    }
  }

 private:
  // Below this the product of prediction and likelihood has lost digits: every state the chain can be in
  // finds the return absurd, and the one that does not cannot be reached.
  static constexpr double kSmallestSum = 1e-250;

  [[nodiscard]] int regime_of(int state) const noexcept { return kSize > 0 ? state : state / phases_; }

  void update_in_logs(const double* predicted, const double* log_density, double* filtered) const noexcept {
    const int n = states();
    double largest = -std::numeric_limits<double>::infinity();
    for (int j = 0; j < n; ++j) {
      filtered[j] = portable_log(predicted[j]) + log_density[regime_of(j)];
      largest = std::max(largest, filtered[j]);
    }
    double sum = 0;
    for (int j = 0; j < n; ++j) {
      filtered[j] = portable_exp(filtered[j] - largest);
      sum += filtered[j];
    }
    for (int j = 0; j < n; ++j) filtered[j] /= sum;
  }

  int states_, phases_;
  std::vector<double> transition_, log_transition_;  // [n, n]
  std::vector<double> scratch_;                      // [n]
};

}  // namespace regimetry::market
