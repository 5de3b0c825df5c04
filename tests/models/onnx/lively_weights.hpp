// Weights of which every number matters: fresh ones have zero biases and plain norms, which hide a bias that
// is added twice or a norm that is forgotten.
#pragma once

#include <string>

#include "core/rng.hpp"
#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

inline RegimeEncoderWeights lively_weights(const RegimeEncoderOptions& options, std::uint64_t seed) {
  RegimeEncoderWeights weights = initial_weights(options, Rng(seed));
  RngStream stream = Rng(seed).stream("lively");
  visit_weights(weights, [&](const std::string& name, WeightArray& array) {
    const bool is_vector = array.shape.size() == 1;
    for (float& value : array.values) {
      if (is_vector || name.starts_with("position")) value += static_cast<float>(stream.uniform(-0.5, 0.5));
    }
  });
  return weights;
}

}  // namespace regimetry::models
