// Whether feature tables can be read side by side: checked once, at the door of the room.
#pragma once

#include <span>

#include "features/feature_table.hpp"

namespace regimetry::windows {

// Throws Error (kData) when there is no table, a table's stamps, names and values disagree in number, its
// stamps do not increase strictly, or two tables have different features.
void check_tables(std::span<const features::FeatureTable> tables);

}  // namespace regimetry::windows
