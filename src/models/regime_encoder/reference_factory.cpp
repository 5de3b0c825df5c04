// The one function that libregimetry_reference.so shows.
#include "core/error.hpp"
#include "models/regime_encoder/reference_backend.hpp"
#include "models/regime_encoder/reference_border.hpp"

extern "C" __attribute__((visibility("default"))) regimetry::models::ReferenceBackend*
regimetry_make_reference(const std::string& border, const regimetry::models::RegimeEncoderWeights& weights,
                         const std::string& device) {
  if (border != regimetry::models::reference_border()) return nullptr;
  return regimetry::models::make_reference_backend(weights, device).release();
}

static_assert(std::is_same_v<decltype(regimetry_make_reference), regimetry::models::ReferenceFactory>);
