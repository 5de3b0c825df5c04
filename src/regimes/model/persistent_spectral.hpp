// A jump model on spectral coordinates: groups of any shape that pay for each switch.
//
// A new row is placed among the landmarks of the spectral part; the jump model then reads its coordinates.
#pragma once

#include "regimes/fitted_regimes.hpp"
#include "regimes/jump/jump_regimes.hpp"
#include "regimes/spectral/spectral_regimes.hpp"

namespace regimetry::regimes {

class PersistentSpectralRegimes final : public FittedRegimes {
 public:
  // The jump model reads as many values as the spectral part has coordinates.
  PersistentSpectralRegimes(SpectralRegimes spectral, JumpRegimes jump);

  [[nodiscard]] std::string_view method() const noexcept override { return "spectral_jump"; }
  [[nodiscard]] int regime_count() const noexcept override { return jump_.regime_count(); }
  [[nodiscard]] std::int64_t width() const noexcept override { return spectral_.width(); }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override;
  // Those of both parts, under "spectral." and "jump.".
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming the tensor that is missing or wrong, or that the parts do not fit.
  [[nodiscard]] static PersistentSpectralRegimes from_tensors(const TensorFile& file);

 private:
  SpectralRegimes spectral_;
  JumpRegimes jump_;
};

}  // namespace regimetry::regimes
