// The first door of this room: what every projection demands of its rows.
#pragma once

#include <string_view>

#include "core/matrix.hpp"

namespace regimetry::projection {

// Throws Error (kData) unless there is at least one row and one column and every value is finite; names the
// first value that is not. `what` begins the message: "t-SNE".
void require_rows(const Eigen::Ref<const MatrixF>& rows, std::string_view what);

}  // namespace regimetry::projection
