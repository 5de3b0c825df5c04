// Calm and stormy weeks inside a regime: a GARCH(1,1) multiplier of the variance, with mean one.
//
//   h_1 from the multiplier's own past,   h_{t+1} = (1 - alpha - beta) + (alpha * z_t^2 + beta) * h_t
//
// z_t is the bar's unit-variance noise, free of the regime, so E[h] = 1 whatever the regimes do: the sd of
// each regime keeps its meaning, and a bar's variance is the regime's times h_t.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace regimetry::market {

class VolatilityClustering {
 public:
  // alpha, beta >= 0 with alpha + beta < 1; both 0 switches clustering off.
  VolatilityClustering(double alpha, double beta) : alpha_(alpha), beta_(beta) {}

  [[nodiscard]] bool is_on() const noexcept { return alpha_ > 0 || beta_ > 0; }
  // Writes sqrt(h) of each bar and moves on past the last one. `sd_multipliers` may not be `noise`.
  void advance(std::span<const double> noise, std::span<double> sd_multipliers);
  // sqrt(h) of the bar after the last one.
  [[nodiscard]] double next_sd_multiplier() const;
  [[nodiscard]] static std::vector<std::string> problems(double alpha, double beta);

 private:
  double alpha_, beta_;
  double variance_ = 1;
};

}  // namespace regimetry::market
