// Gaussian components among the tensors of a fitted model.
#pragma once

#include <span>
#include <string_view>

#include "core/safetensors.hpp"
#include "regimes/mixture/gaussian_components.hpp"

namespace regimetry::regimes {

// Writes 'means' [K, D] and 'covariances' [K * D, D] (kFull) or 'variances' [K, D] (kDiagonal).
void add_component_tensors(const GaussianComponents& components, TensorFile& file);
// Throws Error (kData) naming what is missing, of another shape, or no covariance.
[[nodiscard]] GaussianComponents read_component_tensors(const TensorFile& file);
// Chances that add up to 1 within 1e-6, none below `least`; throws Error (kData) naming the
// tensor.
void require_chances(std::span<const double> chances, double least, std::string_view tensor);

}  // namespace regimetry::regimes
