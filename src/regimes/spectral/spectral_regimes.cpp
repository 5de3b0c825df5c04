#include "regimes/spectral/spectral_regimes.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

#include "core/error.hpp"
#include "regimes/fitted_tensors.hpp"

namespace regimetry::regimes {
namespace {

class OnlineSpectral final : public OnlineRegimes {
 public:
  explicit OnlineSpectral(const SpectralRegimes& model)
      : model_(model),
        scratch_(model.map().make_scratch()),
        coordinates_(static_cast<std::size_t>(model.component_count())),
        probabilities_(static_cast<std::size_t>(model.regime_count())) {}
  Answer push(std::span<const float> row) override {
    model_.map().place(row, scratch_, coordinates_);
    const std::int32_t label = model_.centers().assign(coordinates_, probabilities_);
    return {label, probabilities_};
  }

 private:
  const SpectralRegimes& model_;
  LandmarkMap::Scratch scratch_;
  std::vector<float> coordinates_;     // [C]
  std::vector<double> probabilities_;  // [K]
};

}  // namespace

SpectralRegimes::SpectralRegimes(LandmarkMap map, KMeansRegimes centers)
    : map_(std::move(map)), centers_(std::move(centers)) {
  assert(map_.coordinates().cols() == centers_.width());
}

double SpectralRegimes::coordinates_of(std::span<const float> row, std::span<float> out) const {
  LandmarkMap::Scratch scratch = map_.make_scratch();
  return map_.place(row, scratch, out);
}

std::unique_ptr<OnlineRegimes> SpectralRegimes::start() const {
  return std::make_unique<OnlineSpectral>(*this);
}

TensorFile SpectralRegimes::to_tensors() const {
  TensorFile file = centers_.to_tensors();
  file.tensors["landmarks"] = tensor_of(map_.landmarks());
  file.tensors["landmark_coordinates"] = tensor_of(map_.coordinates());
  file.tensors["neighbor_count"] = tensor_of(static_cast<double>(map_.neighbor_count()));
  file.metadata["method"] = method();
  return file;
}

SpectralRegimes SpectralRegimes::from_tensors(const TensorFile& file) {
  KMeansRegimes centers = KMeansRegimes::from_tensors(file);
  MatrixF landmarks = require_matrix_f(file, "landmarks", -1);
  MatrixF coordinates = require_matrix_f(file, "landmark_coordinates", centers.width());
  const double neighbor_count = require_number(file, "neighbor_count");
  if (landmarks.rows() != coordinates.rows())
    throw Error(
        ErrorKind::kData,
        fmt::format("The tensor 'landmarks' has {} rows but 'landmark_coordinates' has {}; they belong "
                    "together.",
                    landmarks.rows(), coordinates.rows()));
  const auto most = static_cast<double>(landmarks.rows());
  if (!(neighbor_count >= 1 && neighbor_count <= most) || neighbor_count != std::floor(neighbor_count))
    throw Error(ErrorKind::kData,
                fmt::format("The tensor 'neighbor_count' holds {}; expected a whole number from 1 to {}.",
                            neighbor_count, landmarks.rows()));
  return {
      LandmarkMap(std::move(landmarks), std::move(coordinates), static_cast<std::int64_t>(neighbor_count)),
      std::move(centers)};
}

}  // namespace regimetry::regimes
