// The door check of methods that take rows: a NaN must not travel.
#pragma once

#include "core/matrix.hpp"

namespace regimetry::regimes {

// Throws Error (kData) unless there is at least one row and one column and every value is finite; names the
// first row and column that is not.
void require_finite(const Eigen::Ref<const MatrixF>& values);

}  // namespace regimetry::regimes
