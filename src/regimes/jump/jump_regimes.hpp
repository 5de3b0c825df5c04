// A fitted jump model: names the regime of new rows from what came before them.
//
// Time:   online labels are where the cheapest way so far ends, so they equal the last label of a path fitted
// to
//         the sequence up to that row; probabilities are those of the filter. Neither looks ahead.
// Cost:   K * D operations per row, no memory of earlier rows beyond 2K numbers.
#pragma once

#include <memory>

#include "regimes/fitted_regimes.hpp"
#include "regimes/jump/jump_emission.hpp"

namespace regimetry::regimes {

class JumpRegimes final : public FittedRegimes {
 public:
  // penalty >= 0, temperature > 0 (jump_probabilities.hpp).
  JumpRegimes(JumpEmission emission, double penalty, double temperature)
      : emission_(std::move(emission)), penalty_(penalty), temperature_(temperature) {}

  [[nodiscard]] const JumpEmission& emission() const noexcept { return emission_; }
  [[nodiscard]] double penalty() const noexcept { return penalty_; }
  [[nodiscard]] double temperature() const noexcept { return temperature_; }

  [[nodiscard]] std::string_view method() const noexcept override { return "jump"; }
  [[nodiscard]] int regime_count() const noexcept override { return emission_.regime_count(); }
  [[nodiscard]] std::int64_t width() const noexcept override { return emission_.width(); }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override;
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming what is missing or out of range.
  [[nodiscard]] static JumpRegimes from_tensors(const TensorFile& file);

 private:
  JumpEmission emission_;
  double penalty_, temperature_;
};

}  // namespace regimetry::regimes
