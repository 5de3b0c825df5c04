// The tail of the chi-squared distribution, with the same bits on every machine.
#pragma once

#include <cstdint>

namespace regimetry::regimes {

// P(X >= x) for a whole number of degrees of freedom, at least 1; within 1e-12 relative of the true value
// down to 1e-300, then 0. 1 for x <= 0.
[[nodiscard]] double chi_squared_tail(double x, std::int64_t degrees_of_freedom);

}  // namespace regimetry::regimes
