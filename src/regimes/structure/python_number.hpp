// Numbers as the files of the Python tool have them, so that whoever read those reads ours.
#pragma once

#include <string>

namespace regimetry::regimes {

// To three decimals as NumPy rounds: the product with 1000 to the nearest whole number, halves to even.
[[nodiscard]] double round_to_3(double value) noexcept;

// The shortest digits that read back to the same double, with `.0` after whole numbers: 0.5, 1.0, 1e-05. NaN
// is the empty cell that pandas writes.
[[nodiscard]] std::string python_number(double value);

}  // namespace regimetry::regimes
