// Lower case of the letters A to Z alone: names of columns, zones, units and flags, the same in every locale.
#pragma once

#include <string>
#include <string_view>

namespace regimetry {

[[nodiscard]] inline std::string lower_case(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

}  // namespace regimetry
