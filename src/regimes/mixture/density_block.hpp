// What is done to the log densities of one block of rows under K components, [K, rows] one component after
// another.
#pragma once

#include <cstdint>
#include <span>

namespace regimetry::regimes {

// Makes the values of each row relative to its greatest; returns the sum of the greatest. At most
// RowColumns::kBlock rows.
double subtract_greatest(std::span<double> logs, std::int64_t row_count, int component_count) noexcept;
// [K, rows] -> [rows, K].
void write_by_row(std::span<const double> values, std::int64_t row_count, int component_count,
                  double* out) noexcept;

}  // namespace regimetry::regimes
