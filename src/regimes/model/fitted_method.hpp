// A fitted method from what its to_tensors() gave.
#pragma once

#include <memory>
#include <string_view>

#include "core/safetensors.hpp"
#include "regimes/fitted_regimes.hpp"

namespace regimetry::regimes {

// `method` as FittedRegimes::method() says it. Throws Error (kData) for an unknown one, or when tensors are
// missing or do not fit.
[[nodiscard]] std::shared_ptr<const FittedRegimes> read_fitted_method(std::string_view method,
                                                                      const TensorFile& file);

}  // namespace regimetry::regimes
