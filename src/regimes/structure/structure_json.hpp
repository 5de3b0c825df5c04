// The structure of a sequence of regimes for machines: what `structure.json` holds.
#pragma once

#include <nlohmann/json.hpp>

#include "regimes/structure/describe_structure.hpp"

namespace regimetry::regimes {

// Numbers that are unknown, undefined or infinite are null. docs/regime-structure.md explains each key.
[[nodiscard]] nlohmann::ordered_json to_json(const Structure& structure);

}  // namespace regimetry::regimes
