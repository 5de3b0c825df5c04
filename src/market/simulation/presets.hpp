// Markets with known parameters, most of them published, to draw from by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

struct Preset {
  std::string name;         // "hardy3-daily"
  std::string description;  // one line: what it is and where the numbers come from
  RegimeParameters parameters;
};

// Every preset, in the order in which they are listed to users.
[[nodiscard]] const std::vector<Preset>& presets();
// Throws Error (kUsage) offering the nearest name.
[[nodiscard]] const Preset& find_preset(std::string_view name);

}  // namespace regimetry::market
