#include "report/palette_choice.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "core/expect_error.hpp"
#include "regimes/model/palette.hpp"
#include "report/evenly_spaced_hues.hpp"

namespace regimetry::report {
namespace {

TEST(PaletteChoice, OurOwnHasTheColorsOfAllOtherPictures) {
  const std::vector<std::string> colors = palette_colors("regimetry", regimes::kPaletteSize);
  for (int id = 0; id < regimes::kPaletteSize; ++id)
    EXPECT_EQ(colors[static_cast<std::size_t>(id)], regimes::regime_color(id));
}

TEST(PaletteChoice, KnowsPublishedPalettes) {
  EXPECT_THAT(palette_colors("tab10", 3), testing::ElementsAre("#1f77b4", "#ff7f0e", "#2ca02c"));
  EXPECT_EQ(palette_colors("tab20", 20).back(), "#9edae5");
  EXPECT_EQ(palette_colors("Set1", 9).back(), "#999999");
  EXPECT_EQ(palette_colors("Set3", 12).back(), "#ffed6f");
  EXPECT_EQ(palette_colors("Paired", 12).back(), "#b15928");
  EXPECT_EQ(palette_colors("deep", 10).back(), "#64b5cd");
}

TEST(PaletteChoice, EveryNameGivesAnyNumberOfWellFormedColors) {
  const std::regex form("#[0-9a-f]{6}");
  for (const std::string& name : palette_names()) {
    for (const int count : {0, 1, 8, 30}) {
      const std::vector<std::string> colors = palette_colors(name, count);
      ASSERT_EQ(colors.size(), static_cast<std::size_t>(count)) << name;
      for (const std::string& color : colors) EXPECT_TRUE(std::regex_match(color, form)) << name << color;
    }
  }
}

TEST(PaletteChoice, GoesOnWithEvenlySpacedHues) {
  const std::vector<std::string> colors = palette_colors("Dark2", 11);
  EXPECT_EQ(colors[7], "#666666");
  EXPECT_EQ(std::vector<std::string>(colors.begin() + 8, colors.end()), husl_hues(3));
  EXPECT_EQ(std::set<std::string>(colors.begin(), colors.end()).size(), 11U);
}

TEST(PaletteChoice, NamesTheNearestOfAnUnknownName) {
  EXPECT_FALSE(palette_problem("husl"));
  const std::string message = message_of(ErrorKind::kUsage, [] { (void)palette_colors("tab01", 3); });
  EXPECT_THAT(message, testing::HasSubstr("no palette 'tab01' (did you mean 'tab10'?)"));
  EXPECT_THAT(message, testing::HasSubstr("regimetry, tab10"));
  EXPECT_THAT(*palette_problem("rainbow-unicorn"), testing::Not(testing::HasSubstr("did you mean")));
}

}  // namespace
}  // namespace regimetry::report
