#include "regimes/model/palette.hpp"

#include <array>

namespace regimetry::regimes {

std::string_view regime_color(int id) noexcept {
  static constexpr std::array<std::string_view, kPaletteSize> kColors = {
      "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#5f6a72",
      "#332288", "#b2182b", "#1b7837", "#8c510a", "#01665e", "#762a83", "#e7298a", "#66a61e",
      "#80cdc1", "#dfc27d", "#c2a5cf", "#f4a582", "#92c5de", "#a6dba0", "#fde0ef", "#bababa"};
  return kColors[static_cast<std::size_t>(id % kPaletteSize)];
}

}  // namespace regimetry::regimes
