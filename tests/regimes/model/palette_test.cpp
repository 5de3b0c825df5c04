#include "regimes/model/palette.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace regimetry::regimes {
namespace {

TEST(Palette, TellsTwentyFourRegimesApart) {
  std::set<std::string_view> colors;
  for (int id = 0; id < kPaletteSize; ++id) {
    const std::string_view color = regime_color(id);
    ASSERT_EQ(color.size(), 7U);
    EXPECT_EQ(color[0], '#');
    EXPECT_EQ(color.find_first_not_of("0123456789abcdef", 1), std::string_view::npos);
    colors.insert(color);
  }
  EXPECT_EQ(colors.size(), static_cast<std::size_t>(kPaletteSize));
  EXPECT_EQ(regime_color(kPaletteSize), regime_color(0));
}

}  // namespace
}  // namespace regimetry::regimes
