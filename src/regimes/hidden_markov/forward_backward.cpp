#include "regimes/hidden_markov/forward_backward.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

// The recursions of one sequence. With kFixed > 0 the number of regimes is known to the compiler and all of a
// row's values stay in registers; 0 is for any number.
template <int kFixed>
class Recursion {
 public:
  Recursion(const HiddenMarkovLaw& law, std::span<const double> relative)
      : count_(law.regime_count()), relative_(relative.data()), initial_(law.initial.data()) {
    for (int j = 0; j < count(); ++j) {
      for (int k = 0; k < count(); ++k) transition_[at(j, k)] = law.transition(j, k);
    }
  }

  // The sum that a row is divided by is not waited for: the next row's products are formed from undivided
  // values, and the division is made good with the next row's emissions.
  void forward(IndexRange rows, double* filtered, double* inverse_scales) const {
    std::array<double, kSize> state, next;
    double inverse = 1;  // of the sum of `state`
    for (int k = 0; k < count(); ++k) next[index(k)] = initial_[k];
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      if (row > rows.begin) predict(state, next);
      const double* emission = relative_ + row * count();
      double total = 0;
      for (int k = 0; k < count(); ++k) {
        state[index(k)] = next[index(k)] * (emission[k] * inverse);
        total += state[index(k)];
      }
      inverse = 1 / total;
      inverse_scales[row] = inverse;
      for (int k = 0; k < count(); ++k) filtered[row * count() + k] = state[index(k)] * inverse;
    }
  }

  // Adds to `counts` [K, K] what becomes expected transitions when multiplied by their chances.
  void backward(IndexRange rows, const double* filtered, const double* inverse_scales, double* smoothed,
                double* counts) const {
    if (rows.size() == 0) return;
    std::array<double, kSize> ahead, pull;
    std::array<double, kSize * kSize> sums{};
    ahead.fill(1);
    std::copy_n(filtered + (rows.end - 1) * count(), count(), smoothed + (rows.end - 1) * count());
    for (std::int64_t row = rows.end - 1; row > rows.begin; --row) {
      const double* emission = relative_ + row * count();
      for (int k = 0; k < count(); ++k) pull[index(k)] = emission[k] * inverse_scales[row] * ahead[index(k)];
      const double* before = filtered + (row - 1) * count();
      for (int j = 0; j < count(); ++j) {
        double sum = 0;
        for (int k = 0; k < count(); ++k) {
          sum += transition_[at(j, k)] * pull[index(k)];
          sums[at(j, k)] += before[j] * pull[index(k)];
        }
        ahead[index(j)] = sum;
        smoothed[(row - 1) * count() + j] = before[j] * sum;
      }
    }
    for (int j = 0; j < count(); ++j) {
      for (int k = 0; k < count(); ++k) counts[j * count() + k] += sums[at(j, k)];
    }
  }

 private:
  static constexpr std::size_t kSize = kFixed > 0 ? kFixed : kMostHiddenRegimes;
  void predict(const std::array<double, kSize>& state, std::array<double, kSize>& next) const {
    for (int k = 0; k < count(); ++k) {
      double sum = 0;
      for (int j = 0; j < count(); ++j) sum += state[index(j)] * transition_[at(j, k)];
      next[index(k)] = sum;
    }
  }
  [[nodiscard]] constexpr int count() const noexcept { return kFixed > 0 ? kFixed : count_; }
  static constexpr std::size_t index(int k) noexcept { return static_cast<std::size_t>(k); }
  static constexpr std::size_t at(int j, int k) noexcept { return index(j) * kSize + index(k); }

  int count_;
  const double* relative_;
  const double* initial_;
  std::array<double, kSize * kSize> transition_;
};

template <typename Body>
void with_recursion(const HiddenMarkovLaw& law, std::span<const double> relative, const Body& body) {
  switch (law.regime_count()) {
    case 1:
      return body(Recursion<1>(law, relative));
    case 2:
      return body(Recursion<2>(law, relative));
    case 3:
      return body(Recursion<3>(law, relative));
    case 4:
      return body(Recursion<4>(law, relative));
    case 5:
      return body(Recursion<5>(law, relative));
    case 6:
      return body(Recursion<6>(law, relative));
    default:
      return body(Recursion<0>(law, relative));
  }
}

}  // namespace

ForwardBackward::ForwardBackward(std::span<const IndexRange> sequences, int regime_count)
    : sequences_(sequences), regime_count_(regime_count) {
  assert(regime_count >= 1 && regime_count <= kMostHiddenRegimes);
  const auto rows = static_cast<std::size_t>(sequences.empty() ? 0 : sequences.back().end);
  filtered_.resize(rows * static_cast<std::size_t>(regime_count));
  smoothed_.resize(filtered_.size());
  inverse_scales_.resize(rows);
  logs_.resize(rows);
}

double ForwardBackward::forward(const HiddenMarkovLaw& law, std::span<const double> relative) {
  assert(law.initial.minCoeff() >= kLeastChance && law.transition.minCoeff() >= kLeastChance);
  with_recursion(law, relative, [&](const auto& recursion) {
    for (const IndexRange& sequence : sequences_)
      recursion.forward(sequence, filtered_.data(), inverse_scales_.data());
  });
  portable_log(inverse_scales_, logs_);
  double total = 0;
  for (const double value : logs_) total -= value;
  return total;
}

void ForwardBackward::backward(const HiddenMarkovLaw& law, std::span<const double> relative) {
  transition_counts_ = MatrixD::Zero(regime_count_, regime_count_);
  with_recursion(law, relative, [&](const auto& recursion) {
    for (const IndexRange& sequence : sequences_)
      recursion.backward(sequence, filtered_.data(), inverse_scales_.data(), smoothed_.data(),
                         transition_counts_.data());
  });
  transition_counts_.array() *= law.transition.array();
}

Eigen::VectorXd ForwardBackward::initial_counts() const {
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(regime_count_);
  for (const IndexRange& sequence : sequences_) {
    if (sequence.size() == 0) continue;
    for (int k = 0; k < regime_count_; ++k)
      counts(k) += smoothed_[static_cast<std::size_t>(sequence.begin * regime_count_ + k)];
  }
  return counts;
}

}  // namespace regimetry::regimes
