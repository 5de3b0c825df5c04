#include "report/figures/figure_style.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "report/figures/decoded_png.hpp"

namespace regimetry::report {
namespace {

TEST(FigureStyle, HasAColorForEachRegimeAndForNone) {
  const FigureStyle style = make_figure_style("Set1", 3);
  ASSERT_EQ(style.regime_colors.size(), 3U);
  EXPECT_EQ(style.color_of_regime(1), color_of("#377eb8"));
  EXPECT_EQ(style.color_of_regime(-1), style.unlabelled);
  EXPECT_THROW((void)style.color_of_regime(3), std::out_of_range);
}

TEST(FigureStyle, RefusesAnUnknownPalette) {
  EXPECT_THAT(message_of(ErrorKind::kUsage, [] { (void)make_figure_style("Set11", 2); }),
              testing::HasSubstr("'Set1'"));
}

TEST(FigureStyle, LongTitlesStayOnTheSheet) {
  const FigureStyle style = make_figure_style("regimetry", 1);
  Canvas canvas(FigureFormat::kPng, 1400, 100);
  draw_head(canvas, style, std::string(200, 'M'), std::string(300, 'M'));
  const DecodedPng png(canvas.finish());
  EXPECT_TRUE(png.has_ink({1300, 20, 65, 25}));
  EXPECT_FALSE(png.has_ink({kSheetWidth - style.margin_right + 2, 0, style.margin_right - 2, 100}));
}

}  // namespace
}  // namespace regimetry::report
