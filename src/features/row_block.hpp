// Columns of doubles -> rows of floats.
#pragma once

#include <cstdint>
#include <span>

namespace regimetry::features {

// rows: [count, columns.size()], row-major; each value rounded once to the nearest float (feature_value.hpp).
void store_rows(std::span<const double* const> columns, std::int64_t count, float* rows) noexcept;

}  // namespace regimetry::features
