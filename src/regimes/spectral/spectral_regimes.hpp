// Fitted spectral clustering: places a new row among landmarks of the training rows, then takes the nearest
// centre of the spectral coordinates. What it says of a row depends on that row alone.
//
// Probabilities: those of KMeansRegimes over the spectral coordinates.
#pragma once

#include <span>

#include "regimes/fitted_regimes.hpp"
#include "regimes/kmeans/kmeans_regimes.hpp"
#include "regimes/spectral/landmark_map.hpp"

namespace regimetry::regimes {

class SpectralRegimes final : public FittedRegimes {
 public:
  // Centres [K, C] in the coordinates of the landmarks [L, C].
  SpectralRegimes(LandmarkMap map, KMeansRegimes centers);

  [[nodiscard]] const LandmarkMap& map() const noexcept { return map_; }
  [[nodiscard]] const KMeansRegimes& centers() const noexcept { return centers_; }
  [[nodiscard]] std::int64_t component_count() const noexcept { return centers_.width(); }  // C
  // Spectral coordinates [C] of a row [D], which other methods may read in its place; gives the distance to
  // the nearest landmark. Who asks for many rows uses map().place() with a scratch of its own.
  double coordinates_of(std::span<const float> row, std::span<float> out) const;

  [[nodiscard]] std::string_view method() const noexcept override { return "spectral"; }
  [[nodiscard]] int regime_count() const noexcept override { return centers_.regime_count(); }
  [[nodiscard]] std::int64_t width() const noexcept override { return map_.landmarks().cols(); }
  [[nodiscard]] bool depends_on_earlier_rows() const noexcept override { return false; }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override;
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming the tensor that is missing or wrong.
  [[nodiscard]] static SpectralRegimes from_tensors(const TensorFile& file);

 private:
  LandmarkMap map_;
  KMeansRegimes centers_;
};

}  // namespace regimetry::regimes
