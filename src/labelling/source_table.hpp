// A source as a table of its own, for regimes that are laid over nothing else: stamps, no further columns.
#pragma once

#include "features/transform/input_table.hpp"
#include "labelling/regime_source.hpp"
#include "labelling/row_places.hpp"

namespace regimetry::labelling {

// Borrows the stamps.
[[nodiscard]] features::InputTable source_table(const RegimeSource& source);
// Each row at its own place in source_table().
[[nodiscard]] RowPlaces own_places(const RegimeSource& source);

}  // namespace regimetry::labelling
