// Averages of averages in one step: DEMA, TEMA, TRIX and MACD.
//
// Why not steps of their own: each exponential average waits for its own last value and for nothing else, so
// several in one loop take the time of one. The values are those of separate steps, each average seeded with
// the mean of the first n values of its input.
#pragma once

#include <array>

#include "features/operators/exponential_average.hpp"

namespace regimetry::features {

// Mulloy's double exponential average, 2 e1 - e2, written so that nothing cancels at high prices.
class DoubleExponentialAverage {
 public:
  static constexpr const char* kName = "double_exponential_average";

  explicit DoubleExponentialAverage(int period)
      : first_(period, 2.0 / (period + 1)), second_(period, 2.0 / (period + 1)) {}

  double update(double x) {
    const double once = first_.update(x);
    return once + (once - second_.update(once));
  }

  [[nodiscard]] int warmup() const { return first_.warmup() + second_.warmup(); }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(first_, second_);
  }

 private:
  ExponentialAverage first_, second_;
};

// {Mulloy's triple exponential average 3 e1 - 3 e2 + e3, e3}.
class TripleExponentialAverage {
 public:
  static constexpr const char* kName = "triple_exponential_average";

  explicit TripleExponentialAverage(int period)
      : first_(period, 2.0 / (period + 1)), second_(first_), third_(first_) {}

  std::array<double, 2> update(double x) {
    const double once = first_.update(x);
    const double twice = second_.update(once);
    const double thrice = third_.update(twice);
    return {3 * (once - twice) + thrice, thrice};
  }

  [[nodiscard]] int warmup() const { return 3 * first_.warmup(); }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(first_, second_, third_);
  }

 private:
  ExponentialAverage first_, second_, third_;
};

// {signal, histogram} of Appel's MACD line ema(fast) - ema(slow).
class ConvergenceSignal {
 public:
  static constexpr const char* kName = "convergence_signal";

  ConvergenceSignal(int fast, int slow, int signal)
      : fast_(fast, 2.0 / (fast + 1)), slow_(slow, 2.0 / (slow + 1)), signal_(signal, 2.0 / (signal + 1)) {}

  std::array<double, 2> update(double x) {
    const double line = fast_.update(x) - slow_.update(x);
    const double signal = signal_.update(line);
    return {signal, line - signal};
  }

  [[nodiscard]] int warmup() const { return slow_.warmup() + signal_.warmup(); }
  template <typename Archive>
  void visit(Archive& archive) {
    archive(fast_, slow_, signal_);
  }

 private:
  ExponentialAverage fast_, slow_, signal_;
};

}  // namespace regimetry::features
