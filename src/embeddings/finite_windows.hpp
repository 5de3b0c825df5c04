// No encoder can read a value that is not a number: whether windows hold one, and where.
#pragma once

#include "features/transform/input_table.hpp"
#include "windows/windows.hpp"

namespace regimetry::embeddings {

// Throws Error (kData) naming instrument, feature, row and stamp of the first value in a window that is not
// finite. Windows made under MissingRule::kDrop hold none, and are not looked at.
void require_finite(const windows::Windows& windows);

// Throws Error (kData) naming file, column, symbol, row and stamp when one of the columns `names` is infinite
// somewhere: a division by zero upstream, which must not pass for a missing value.
void require_no_infinity(const features::InputTable& table, const std::vector<std::string>& names,
                         ThreadPool& pool);

}  // namespace regimetry::embeddings
